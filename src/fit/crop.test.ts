import { describe, expect, it } from 'vitest';
import { boxPolygon } from '../core/geometry.js';
import { cropImage, moveIntoCrop } from './crop.js';

const BOX = { x: 1, y: 1, width: 2, height: 1 };

describe('cropImage', () => {
  it('takes whole pixels, row by row', () => {
    const pixels = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i);
    const image = { width: 4, height: 3, channels: 3, data: pixels } as const;
    expect(cropImage(image, { ...BOX, height: 2 })).toEqual({
      width: 2,
      height: 2,
      channels: 3,
      data: Uint8Array.from([15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32]),
    });
  });
});

describe('moveIntoCrop', () => {
  it('moves what lies inside and cuts what reaches out', () => {
    expect(moveIntoCrop(boxPolygon({ x: 0, y: 0, width: 2, height: 5 }), BOX)?.toSorted()).toEqual(
      boxPolygon({ x: 0, y: 0, width: 1, height: 1 }).toSorted(),
    );
  });

  it('leaves nothing of what lies outside', () => {
    expect(moveIntoCrop(boxPolygon({ x: 5, y: 5, width: 2, height: 2 }), BOX)).toBeUndefined();
  });
});
