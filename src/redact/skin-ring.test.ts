import { describe, expect, it } from 'vitest';
import type { Point } from '../core/geometry.js';
import { boxPolygon } from '../core/geometry.js';
import { polygonArea } from '../imaging/convex.js';
import { ringAround } from './skin-ring.js';

const SQUARE = boxPolygon({ x: 10, y: 10, width: 80, height: 80 });

function star(radii: readonly number[]) {
  const corners = radii.map((r, ray): Point => {
    const angle = (2 * Math.PI * ray) / radii.length;
    return [50 + r * Math.cos(angle), 50 + r * Math.sin(angle)];
  });
  return { centre: [50, 50] as Point, corners };
}

const total = (pieces: readonly (readonly Point[])[]) =>
  pieces.reduce((sum, piece) => sum + polygonArea(piece), 0);
const areaOfStar = ({ centre, corners }: ReturnType<typeof star>) =>
  corners.reduce(
    (sum, corner, i) => sum + polygonArea([centre, corner, corners[(i + 1) % corners.length]!]),
    0,
  );

describe('ringAround', () => {
  it.each([
    ['a circle', new Array<number>(24).fill(20)],
    ['a star', Array.from({ length: 24 }, (_, ray) => (ray % 2 === 0 ? 10 : 30))],
    ['nothing on one side', Array.from({ length: 24 }, (_, ray) => (ray < 12 ? 0 : 25))],
  ])('covers all of the outline but %s, each place once', (_what, radii) => {
    const skin = star(radii);
    expect(total(ringAround(skin, SQUARE))).toBeCloseTo(6400 - areaOfStar(skin), 6);
  });

  it('covers everything where there is no skin', () => {
    expect(total(ringAround(star(new Array<number>(24).fill(0)), SQUARE))).toBeCloseTo(6400, 6);
  });

  it('covers nothing of skin that reaches beyond the outline', () => {
    const skin = star(Array.from({ length: 4 }, () => 60));
    // The hull of the square and the star's four corners, less the star.
    expect(total(ringAround(skin, SQUARE))).toBeCloseTo(6400 + 4 * 800 - 7200, 6);
  });
});
