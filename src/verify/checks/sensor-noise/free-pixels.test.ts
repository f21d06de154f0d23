import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.js';
import type { Point } from '../../../core/geometry.js';
import { convexHull, isInside } from '../../../imaging/convex.js';
import { freePixels } from './free-pixels.js';

const rows = (free: Uint8Array, width: number) =>
  Array.from({ length: free.length / width }, (_, y) => free.subarray(y * width, (y + 1) * width).join(''));

describe('freePixels', () => {
  it('leaves out the pixels whose middle a polygon holds, its border included', () => {
    const triangle: Point[] = [
      [1.5, 0.5],
      [4.5, 3.5],
      [1.5, 3.5],
    ];
    expect(rows(freePixels([triangle], 6, 5), 6)).toEqual(['101111', '100111', '100011', '100001', '111111']);
  });

  it('cuts polygons at the border of the photo', () => {
    const beyond: Point[] = [
      [-5, -5],
      [2, -5],
      [2, 9],
      [-5, 9],
    ];
    expect(rows(freePixels([beyond], 4, 2), 4)).toEqual(['0011', '0011']);
    expect(rows(freePixels([beyond.map(([x, y]): Point => [x - 40, y])], 4, 2), 4)).toEqual(['1111', '1111']);
  });

  it('agrees with a test of every pixel', () => {
    const random = seeded(4);
    for (let round = 0; round < 40; round++) {
      const points = Array.from({ length: 9 }, (): Point => [50 * random() - 5, 40 * random() - 5]);
      const polygon = convexHull(points);
      const expected = Array.from({ length: 40 * 30 }, (_, p) =>
        isInside(polygon, [(p % 40) + 0.5, Math.floor(p / 40) + 0.5]) ? 0 : 1,
      );
      expect([...freePixels([polygon], 40, 30)]).toEqual(expected);
    }
  });
});
