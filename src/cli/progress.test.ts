import { describe, expect, it } from 'vitest';
import type { Outcome } from '../publish/contract.js';
import { LANGUAGES } from '../core/language.js';
import { TERMINAL_WORDS } from '../words/index.js';
import type { ObservedStep } from './observer.js';
import { Progress } from './progress.js';

const step = (outcome?: Outcome, hasChanged = false): ObservedStep => ({
  hasChanged,
  ...(outcome && { record: { outcome } as NonNullable<ObservedStep['record']> }),
});

function watched(isTTY: boolean, total?: number) {
  const written: string[] = [];
  const clock = { now: 0 };
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) };
  const progress = new Progress(stream, TERMINAL_WORDS.en, () => clock.now);
  progress.begin(total);
  return { progress, written, clock };
}

describe('Progress', () => {
  it('writes about twenty plain lines when there is no terminal, the last one complete', () => {
    const { progress, written } = watched(false, 100);
    for (let i = 0; i < 100; i++) progress.step(step(i % 2 ? 'cleared' : 'review'));
    progress.end();
    expect(written).toHaveLength(21);
    expect(written[0]).toBe('0 of 100 photos: 0 cleared, 0 to review, 0 refused\n');
    expect(written.at(-1)).toBe('100 of 100 photos: 50 cleared, 50 to review, 0 refused\n');
  });

  it('draws one line on a terminal, never wider than it, and clears it', () => {
    const { progress, written } = watched(true, 3);
    progress.step(step());
    progress.step(step('refused'));
    progress.end();
    for (const text of written) {
      expect(text.startsWith('\r\u001b[2K')).toBe(true);
      expect(text.length).toBeLessThan(60 + 5);
    }
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  it('names a refused file on a terminal, above the bar, and nowhere else', () => {
    const onTerminal = watched(true, 2);
    onTerminal.progress.step(step('cleared'));
    onTerminal.progress.refused('/in/Martha.jpg', 'The file is empty');
    expect(onTerminal.written.slice(-2)).toEqual([
      '\r\u001b[2K',
      'refused  /in/Martha.jpg: The file is empty\n',
    ]);
    const piped = watched(false, 2);
    piped.progress.refused('/in/Martha.jpg', 'The file is empty');
    expect(piped.written.join('')).not.toContain('Martha');
  });

  it.each(LANGUAGES)(
    'begins at once, and fits 80 columns in %s, however much there is to tell',
    (language) => {
      for (const isTTY of [true, false]) {
        const written: string[] = [];
        const clock = { now: 0 };
        const stream = { isTTY, columns: 80, write: (text: string) => written.push(text) };
        const progress = new Progress(stream, TERMINAL_WORDS[language], () => clock.now);
        progress.begin(123_456);
        expect(written).toHaveLength(1);
        for (let i = 0; i < 30_000; i++) {
          clock.now += 900;
          progress.step(step((['cleared', 'review', 'refused', undefined] as const)[i % 4], i % 3 === 0));
        }
        const lines = written.map((text) => text.replace('\r\u001b[2K', '').trimEnd());
        expect(lines.filter((line) => line.length > (isTTY ? 79 : 80))).toEqual([]);
        expect(lines.at(-1)).toContain(TERMINAL_WORDS[language].progress.left('').trim());
      }
    },
  );

  it('estimates the end from the photos that were treated, not from those done before', () => {
    const { progress, written, clock } = watched(false, 4);
    progress.step(step());
    expect(written.at(-1)).not.toContain('left');
    clock.now = 10_000;
    progress.step(step('cleared'));
    expect(written.at(-1)).toContain(', 6.0/min, 20 s left');
  });

  it('says how many were changed, and keeps counting when nobody knows how many will come', () => {
    const { progress, written, clock } = watched(false);
    clock.now = 60_000;
    for (let i = 0; i < 100; i++) progress.step(step('cleared', i < 2));
    expect(written.slice(1)).toEqual([
      '100 photos: 100 cleared, 0 to review, 0 refused, 2 changed since, 100/min\n',
    ]);
  });
});
