import type { Point, Polygon } from '../core/geometry.js';

/** A rectangle at any angle. */
export interface RotatedRect {
  readonly centre: Point;
  /** Length along `axis`. */
  readonly length: number;
  /** Length across `axis`. */
  readonly breadth: number;
  /** Unit vector. */
  readonly axis: Point;
}

/**
 * The rectangle of smallest area around a convex polygon: one of its sides lies on a side of the polygon
 * (Freeman and Shapira 1975; Toussaint's rotating calipers 1983). Every side is measured against every corner, which
 * is fast enough for hulls of some dozen corners.
 * @throws {RangeError} on fewer than three corners
 */
export function minAreaRect(hull: Polygon): RotatedRect {
  if (hull.length < 3)
    throw new RangeError(`Expected a polygon of 3 or more corners but received ${hull.length}`);
  let best: RotatedRect | undefined;
  for (let i = 0, j = hull.length - 1; i < hull.length; j = i++) {
    const [x0, y0] = hull[j] as Point;
    const [x1, y1] = hull[i] as Point;
    const side = Math.hypot(x1 - x0, y1 - y0);
    if (side === 0) continue;
    const rect = rectAlong(hull, [(x1 - x0) / side, (y1 - y0) / side]);
    if (!best || rect.length * rect.breadth < best.length * best.breadth) best = rect;
  }
  if (!best) throw new RangeError('Expected a polygon with an area but received one point');
  return best;
}

function rectAlong(hull: Polygon, axis: Point): RotatedRect {
  const [ax, ay] = axis;
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of hull) {
    const u = x * ax + y * ay;
    const v = y * ax - x * ay;
    u0 = Math.min(u0, u);
    u1 = Math.max(u1, u);
    v0 = Math.min(v0, v);
    v1 = Math.max(v1, v);
  }
  const u = (u0 + u1) / 2;
  const v = (v0 + v1) / 2;
  return { centre: [u * ax - v * ay, u * ay + v * ax], length: u1 - u0, breadth: v1 - v0, axis };
}

/** Every side moved outwards by the same distance. */
export function growRect(rect: RotatedRect, distance: number): RotatedRect {
  return { ...rect, length: rect.length + 2 * distance, breadth: rect.breadth + 2 * distance };
}

/** The four corners, in order. */
export function rectCorners({ centre, length, breadth, axis }: RotatedRect): Polygon {
  const [ax, ay] = axis;
  const corner = (u: number, v: number): Point => [
    centre[0] + (u * length * ax - v * breadth * ay) / 2,
    centre[1] + (u * length * ay + v * breadth * ax) / 2,
  ];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}
