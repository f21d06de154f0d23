import { describe, expect, it } from 'vitest';
import { alignFace, isOfFace } from './align-face.js';

describe('alignFace', () => {
  it('takes its size from the eyes of a face seen from the front', () => {
    const { centre, side, angle } = alignFace({
      leftEye: [10, 20],
      rightEye: [30, 20],
      mouth: [20, 41],
      score: 1,
    });
    expect(centre).toEqual([20, 30]);
    expect(side).toBeCloseTo(56);
    expect(angle).toBe(0);
  });

  it('takes it from the eyes and the mouth when the face looks aside, and turns with the eyes', () => {
    const { centre, side, angle } = alignFace({
      leftEye: [40, 10],
      rightEye: [40, 20],
      mouth: [20, 15],
      score: 1,
    });
    expect(angle).toBeCloseTo(Math.PI / 2);
    expect(side).toBeCloseTo(2.8 * 19);
    expect(centre[0]).toBeCloseTo(40 - 9.5);
    expect(centre[1]).toBeCloseTo(15);
  });
});

it('isOfFace knows a square from one beside the face, and from one much larger', () => {
  const box = { x: 100, y: 50, width: 40, height: 60 };
  const square = (x: number, y: number, side: number) => ({ centre: [x, y], side, angle: 0 }) as const;
  for (const [x, y, side] of [
    [120, 80, 56],
    [100, 50, 20],
    [140, 110, 120],
  ] as const)
    expect(isOfFace(square(x, y, side), box)).toBe(true);
  for (const [x, y, side] of [
    [99, 80, 56],
    [120, 111, 56],
    [NaN, 80, 56],
    [120, 80, 121],
  ] as const)
    expect(isOfFace(square(x, y, side), box)).toBe(false);
});
