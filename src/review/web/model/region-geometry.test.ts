import { describe, expect, it } from 'vitest';
import { boundingBox, boxPolygon, type Point } from '../../../core/geometry.js';
import {
  boxBetween,
  hullOfStroke,
  moveWithin,
  polygonIou,
  regionAt,
  resizeBox,
  stretchTo,
  thirdOf,
} from './region-geometry.js';

const PHOTO = { width: 1000, height: 500 };
const BOX = { x: 100, y: 100, width: 200, height: 50 };
const SQUARE = boxPolygon({ x: 0, y: 0, width: 100, height: 100 });

describe('moveWithin', () => {
  it('moves by whole pixels', () => {
    expect(boundingBox(moveWithin(boxPolygon(BOX), 10.4, -5.6, PHOTO))).toEqual({ ...BOX, x: 110, y: 94 });
  });

  it('stops at every border', () => {
    const far = (dx: number, dy: number) => boundingBox(moveWithin(boxPolygon(BOX), dx, dy, PHOTO));
    expect(far(-9999, -9999)).toEqual({ ...BOX, x: 0, y: 0 });
    expect(far(9999, 9999)).toEqual({ ...BOX, x: 800, y: 450 });
  });

  it('leaves what reaches beyond the photo already, but lets it go no further', () => {
    const beyond = boxPolygon({ x: -20, y: 0, width: 100, height: 100 });
    expect(moveWithin(beyond, 0, 0, PHOTO)).toEqual(beyond);
    expect(boundingBox(moveWithin(beyond, -50, 0, PHOTO)).x).toBe(-20);
  });
});

describe('resizeBox', () => {
  it('moves only the sides that are dragged', () => {
    expect(resizeBox(BOX, { x: 1, y: 0 }, 30, 30, PHOTO, 8)).toEqual({ ...BOX, width: 230 });
    expect(resizeBox(BOX, { x: -1, y: -1 }, -10, -20, PHOTO, 8)).toEqual({
      x: 90,
      y: 80,
      width: 210,
      height: 70,
    });
  });

  it('keeps to the smallest side and the photo’s border', () => {
    expect(resizeBox(BOX, { x: 1, y: 1 }, -999, -999, PHOTO, 8)).toEqual({ ...BOX, width: 8, height: 8 });
    expect(resizeBox(BOX, { x: 1, y: -1 }, 9999, -9999, PHOTO, 8)).toEqual({
      x: 100,
      y: 0,
      width: 900,
      height: 150,
    });
  });
});

describe('stretchTo', () => {
  it('fills the new box and stays convex in shape', () => {
    const diamond: Point[] = [
      [5, 0],
      [10, 5],
      [5, 10],
      [0, 5],
    ];
    expect(stretchTo(diamond, { x: 100, y: 100, width: 20, height: 40 })).toEqual([
      [110, 100],
      [120, 120],
      [110, 140],
      [100, 120],
    ]);
  });
});

it('boxBetween takes its corners in any order and stays inside', () => {
  expect(boxBetween([300, 400], [-50, 100.4], PHOTO)).toEqual({ x: 0, y: 100, width: 300, height: 300 });
});

describe('hullOfStroke', () => {
  it('is convex and inside the photo', () => {
    const stroke: Point[] = [
      [10, 10],
      [50, 60],
      [100, 10],
      [1200, 100],
      [10, 100],
    ];
    const hull = hullOfStroke(stroke, PHOTO);
    expect(hull).not.toContainEqual([50, 60]);
    expect(boundingBox(hull)).toEqual({ x: 10, y: 10, width: 990, height: 90 });
  });

  it('has no more corners than the server takes', () => {
    const circle = Array.from({ length: 2000 }, (_, i): Point => [
      5000 + 4000 * Math.cos(i / 318.3),
      5000 + 4000 * Math.sin(i / 318.3),
    ]);
    expect(hullOfStroke(circle, { width: 10_000, height: 10_000 }).length).toBeLessThanOrEqual(128);
  });
});

describe('polygonIou', () => {
  it('is 1 for the same, 0 for what lies apart or has no area', () => {
    expect(polygonIou(SQUARE, SQUARE)).toBe(1);
    expect(polygonIou(SQUARE, [...SQUARE].reverse())).toBe(1);
    expect(polygonIou(SQUARE, boxPolygon({ x: 100, y: 0, width: 9, height: 9 }))).toBe(0);
    expect(
      polygonIou(SQUARE, [
        [0, 0],
        [5, 5],
      ]),
    ).toBe(0);
  });

  it('is the shared part of the union', () => {
    expect(polygonIou(SQUARE, boxPolygon({ x: 50, y: 0, width: 100, height: 100 }))).toBeCloseTo(1 / 3);
    expect(
      polygonIou(SQUARE, [
        [0, 0],
        [100, 0],
        [0, 100],
      ]),
    ).toBeCloseTo(0.5);
  });
});

describe('regionAt', () => {
  const region = (key: string, x: number, side: number) => ({
    key,
    kinds: ['face' as const],
    polygon: boxPolygon({ x, y: 0, width: side, height: side }),
    isTouched: false,
  });
  const both = [region('large', 0, 400), region('small', 100, 50)];

  it('finds the smallest that holds the point', () => {
    expect(regionAt(both, [120, 20], 0)?.key).toBe('small');
    expect(regionAt(both, [300, 300], 0)?.key).toBe('large');
  });

  it('allows some slack, but only where nothing is hit', () => {
    expect(regionAt(both, [405, 20], 10)?.key).toBe('large');
    expect(regionAt(both, [155, 20], 10)?.key).toBe('large');
    expect(regionAt(both, [450, 20], 10)).toBeUndefined();
  });
});

it('thirdOf says where a region lies', () => {
  expect(thirdOf(boxPolygon({ x: 0, y: 0, width: 10, height: 10 }), PHOTO)).toEqual({ column: 0, row: 0 });
  expect(thirdOf(boxPolygon({ x: 490, y: 490, width: 10, height: 10 }), PHOTO)).toEqual({
    column: 1,
    row: 2,
  });
});
