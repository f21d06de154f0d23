import { describe, expect, it } from 'vitest';
import { squeezed } from './hand-input.js';

describe('squeezed', () => {
  it('makes bytes −1 to 1, with the corner of every pixel in its place', () => {
    // Two rows, 0 and 255: 160 rows from one to the other, then the last for good.
    const data = new Uint8Array(320 * 2 * 3).fill(255, 320 * 3);
    const out = squeezed({ width: 320, height: 2, channels: 3, data });
    const ofRow = (row: number) => [...new Set(out.subarray(row * 960, (row + 1) * 960))];
    expect([0, 80, 160, 319].map(ofRow)).toEqual([[-1], [0], [1], [1]]);
  });

  it('stretches columns as it does rows, each channel on its own', () => {
    const data = Uint8Array.from(
      { length: 320 * 2 * 3 },
      (_, i) => [0, 255, 51, 255, 0, 51][i % 6] as number,
    );
    const out = squeezed({ width: 2, height: 320, channels: 3, data });
    const at = (column: number, row: number) => [...out.subarray((row * 320 + column) * 3).subarray(0, 3)];
    expect(at(0, 0)).toEqual([-1, 1, Math.fround(-0.6)]);
    expect(at(80, 200)).toEqual([0, 0, Math.fround(-0.6)]);
    expect(at(319, 319)).toEqual([1, -1, Math.fround(-0.6)]);
  });
});
