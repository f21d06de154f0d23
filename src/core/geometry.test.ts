import { describe, expect, it } from 'vitest';
import { boundingBox, boxIou, boxPolygon } from './geometry.js';

const box = { x: 2, y: 3, width: 4, height: 5 };

describe('boxPolygon and boundingBox', () => {
  it('are inverse for a box', () => {
    expect(boundingBox(boxPolygon(box))).toEqual(box);
  });

  it('refuses a polygon without points', () => {
    expect(() => boundingBox([])).toThrow(RangeError);
  });
});

describe('boxIou', () => {
  it('is 1 for the same box, 0 for boxes that touch, and the share of overlap otherwise', () => {
    expect(boxIou(box, box)).toBe(1);
    expect(boxIou(box, { ...box, x: 6 })).toBe(0);
    expect(boxIou({ x: 0, y: 0, width: 2, height: 1 }, { x: 1, y: 0, width: 2, height: 1 })).toBeCloseTo(
      1 / 3,
      12,
    );
  });
});
