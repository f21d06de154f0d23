import { describe, expect, it } from 'vitest';
import { Progress } from './progress.js';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
}

describe('Progress', () => {
  it('writes about twenty plain lines where there is no terminal, the last one whole', () => {
    const out = stream(false);
    const progress = new Progress(100, out, () => 0);
    for (let i = 0; i < 100; i++) progress.step(i % 2 ? 'cleared' : 'review');
    progress.end();
    expect(out.written).toHaveLength(20);
    expect(out.written.at(-1)).toBe('100 of 100 photos: 50 cleared, 50 to review, 0 refused\n');
  });

  it('draws one line on a terminal, never wider than it, and clears it', () => {
    const out = stream(true);
    const progress = new Progress(3, out, () => 0);
    progress.step('known');
    progress.step('refused');
    progress.end();
    for (const text of out.written) {
      expect(text.startsWith('\r\u001b[2K')).toBe(true);
      expect(text.length).toBeLessThan(60 + 5);
    }
    expect(out.written.at(-1)).toBe('\r\u001b[2K');
  });

  it('foretells the end from the photos that were treated, not from those done before', () => {
    const out = stream(false);
    let now = 0;
    const progress = new Progress(4, out, () => now);
    progress.step('known');
    expect(out.written.at(-1)).not.toContain('left');
    now = 10_000;
    progress.step('cleared');
    expect(out.written.at(-1)).toContain(', 20 s left');
  });
});
