import { describe, expect, it } from 'vitest';
import { boundingBox, type Point } from '../core/geometry.js';
import { minAreaRect, rectCorners } from './rotated-rect.js';

describe('minAreaRect', () => {
  it('finds a turned square again', () => {
    const square: Point[] = [
      [5, 0],
      [10, 5],
      [5, 10],
      [0, 5],
    ];
    const rect = minAreaRect(square);
    expect(rect.length * rect.breadth).toBeCloseTo(50, 9);
    expect(boundingBox(rectCorners(rect)).width).toBeCloseTo(10, 9);
  });
});
