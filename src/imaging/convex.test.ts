import { describe, expect, it } from 'vitest';
import { boundingBox, boxPolygon } from '../core/geometry.js';
import { clipHalfPlane, clipToBox, convexHull, isInside, polygonArea } from './convex.js';

const box = { x: 2, y: 3, width: 4, height: 5 };

describe('polygonArea', () => {
  it('is the same in both directions', () => {
    expect(polygonArea(boxPolygon(box))).toBe(20);
    expect(polygonArea([...boxPolygon(box)].reverse())).toBe(20);
  });
});

describe('isInside', () => {
  it.each([
    [[2, 2], true],
    [[0, 3], true],
    [[4.01, 2], false],
    [[-1, 0], false],
  ] as const)('knows whether a square holds %j, whichever way round its corners go', (point, answer) => {
    const square = boxPolygon({ x: 0, y: 0, width: 4, height: 4 });
    expect(isInside(square, point)).toBe(answer);
    expect(isInside([...square].reverse(), point)).toBe(answer);
  });
});

describe('clipping', () => {
  it('keeps the part on one side of a line', () => {
    expect(boundingBox(clipHalfPlane(boxPolygon(box), 1, 0, 3))).toEqual({ x: 2, y: 3, width: 1, height: 5 });
  });

  it('leaves nothing of a polygon outside the box', () => {
    expect(clipToBox(boxPolygon(box), { x: 50, y: 50, width: 5, height: 5 })).toEqual([]);
  });

  it('cuts a polygon that reaches beyond the image', () => {
    const cut = clipToBox(boxPolygon({ x: -5, y: -5, width: 10, height: 10 }), {
      x: 0,
      y: 0,
      width: 8,
      height: 3,
    });
    expect(boundingBox(cut)).toEqual({ x: 0, y: 0, width: 5, height: 3 });
  });
});

describe('convexHull', () => {
  it('drops points inside and on the edges', () => {
    const hull = convexHull([[0, 0], [4, 0], [2, 0], [4, 4], [0, 4], [2, 2]]); // prettier-ignore
    expect(hull).toHaveLength(4);
    expect(polygonArea(hull)).toBe(16);
  });

  it('returns points that span no area as they are', () => {
    expect(convexHull([[1, 1], [2, 2]])).toEqual([[1, 1], [2, 2]]); // prettier-ignore
  });
});
