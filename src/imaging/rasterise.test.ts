import { describe, expect, it } from 'vitest';
import { boxPolygon } from '../core/geometry.js';
import { rasterise } from './rasterise.js';

const IMAGE = { width: 6, height: 5 };

function rows({ width, data }: { width: number; data: Uint8Array }): string[] {
  return (
    [...data]
      .map((v) => (v === 255 ? '#' : '.'))
      .join('')
      .match(new RegExp(`.{${width}}`, 'g')) ?? []
  );
}

describe('rasterise', () => {
  it('takes whole pixels for a box with whole edges', () => {
    const mask = rasterise(boxPolygon({ x: 1, y: 2, width: 3, height: 2 }), IMAGE);
    expect(mask).toEqual({ left: 1, top: 2, width: 3, height: 2, data: new Uint8Array(6).fill(255) });
  });

  it('takes every pixel that is touched, however little', () => {
    const mask = rasterise(boxPolygon({ x: 0.9, y: 1.9, width: 2.2, height: 1.2 }), IMAGE);
    expect([mask.left, mask.top]).toEqual([0, 1]);
    expect(rows(mask)).toEqual(['####', '####', '####']);
  });

  it('follows a triangle exactly', () => {
    const mask = rasterise(
      [
        [0, 0],
        [4, 0],
        [0, 4],
      ],
      IMAGE,
    );
    expect(rows(mask)).toEqual(['####', '###.', '##..', '#...']);
  });

  it('follows a diamond conservatively', () => {
    const mask = rasterise(
      [
        [2.5, 0.5],
        [4.5, 2.5],
        [2.5, 4.5],
        [0.5, 2.5],
      ],
      IMAGE,
    );
    expect(rows(mask)).toEqual(['..#..', '.###.', '#####', '.###.', '..#..']);
  });

  it('cuts at the image and is empty outside it', () => {
    expect(rows(rasterise(boxPolygon({ x: 4, y: -3, width: 9, height: 5 }), IMAGE))).toEqual(['##', '##']);
    expect(rasterise(boxPolygon({ x: 9, y: 9, width: 2, height: 2 }), IMAGE).data).toHaveLength(0);
  });

  it('ignores the rounding of a clipped edge', () => {
    const mask = rasterise(boxPolygon({ x: 1, y: 1, width: 2.0000000001, height: 1 }), IMAGE);
    expect(mask.width).toBe(2);
  });
});
