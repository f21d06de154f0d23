import { describe, expect, it } from 'vitest';
import type { Point } from '../dist/core/geometry.js';
import { cutAroundFeatures, featureBoxes, middleOfPlace, PLACES, squareAt } from './face-marks.ts';

/** A face of 68 marks seen from the front: eyes 40 pixels apart at a height of 100, the middle at x = 100. */
function frontal(): Point[] {
  const marks: Point[] = Array.from({ length: 68 }, () => [100, 100]);
  const put = (from: number, ...points: Point[]) => marks.splice(from, points.length, ...points);
  for (let i = 0; i <= 16; i++) {
    const turn = (Math.PI * i) / 16;
    put(i, [100 - 46 * Math.cos(turn), 100 + 66 * Math.sin(turn)]);
  }
  for (let i = 0; i < 5; i++) put(17 + i, [70 + 5 * i, 84]);
  for (let i = 0; i < 5; i++) put(22 + i, [110 + 5 * i, 84]);
  put(
    27,
    [100, 100],
    [100, 108],
    [100, 116],
    [100, 122],
    [92, 126],
    [96, 127],
    [100, 128],
    [104, 127],
    [108, 126],
  );
  put(31, [92, 126]);
  for (let i = 0; i < 6; i++) put(36 + i, [72 + (16 * i) / 5, 100]);
  for (let i = 0; i < 6; i++) put(42 + i, [112 + (16 * i) / 5, 100]);
  for (let i = 0; i < 20; i++) put(48 + i, [84 + (32 * (i % 10)) / 9, i < 10 ? 140 : 146]);
  put(57, [100, 148]);
  return marks;
}

describe('patches of skin', () => {
  it('have room between the features, for a tenth of a face’s width everywhere', () => {
    const features = featureBoxes(frontal());
    for (const place of PLACES) {
      const patch = squareAt(middleOfPlace(place, frontal()), 8);
      expect(cutAroundFeatures(patch, features), place).toEqual([patch]);
    }
  });

  it('lie where they are named', () => {
    const [cheek, forehead, chin, temple] = PLACES.map((place) => middleOfPlace(place, frontal()));
    expect(cheek![0]).toBeLessThan(92);
    expect(cheek![1]).toBeGreaterThan(105);
    expect(forehead![1]).toBeLessThan(84);
    expect(chin![1]).toBeGreaterThan(148);
    expect(temple![0]).toBeLessThan(70);
  });

  it('are cut around a feature, to whole pixels', () => {
    const patch = { x: 10, y: 10, width: 20, height: 20 };
    expect(cutAroundFeatures(patch, [{ x: 20.4, y: 0, width: 50, height: 50 }])).toEqual([
      { x: 10, y: 10, width: 10, height: 20 },
    ]);
    expect(cutAroundFeatures(patch, [{ x: 0, y: 0, width: 50, height: 50 }])).toEqual([]);
    const pieces = cutAroundFeatures(patch, [{ x: 15, y: 15, width: 5, height: 5 }]);
    expect(pieces.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(400 - 25);
  });
});
