import type { Box, Point, Polygon } from '../core/geometry.js';

/** The area by the shoelace formula, always positive; in square pixels. */
export function polygonArea(polygon: Polygon): number {
  return Math.abs(twiceSignedArea(polygon)) / 2;
}

/** Whether a convex polygon holds a point; its border counts. */
export function isInside(polygon: Polygon, [x, y]: Point): boolean {
  let [left, right] = [false, false];
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    const side = (xi - xj) * (y - yj) - (yi - yj) * (x - xj);
    left ||= side > 0;
    right ||= side < 0;
  }
  return !(left && right);
}

/** The part of a convex polygon on the side of a line where a·x + b·y ≤ c (Sutherland and Hodgman 1974). */
export function clipHalfPlane(polygon: Polygon, a: number, b: number, c: number): Polygon {
  const out: Point[] = [];
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const p = polygon[j] as Point;
    const q = polygon[i] as Point;
    const dp = a * p[0] + b * p[1] - c;
    const dq = a * q[0] + b * q[1] - c;
    if (dp <= 0 !== dq <= 0) {
      const t = dp / (dp - dq);
      out.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
    }
    if (dq <= 0) out.push(q);
  }
  return out;
}

/** The part of a convex polygon inside a box; empty when nothing is left. */
export function clipToBox(polygon: Polygon, box: Box): Polygon {
  let p = clipHalfPlane(polygon, -1, 0, -box.x);
  p = clipHalfPlane(p, 1, 0, box.x + box.width);
  p = clipHalfPlane(p, 0, -1, -box.y);
  return clipHalfPlane(p, 0, 1, box.y + box.height);
}

/** The convex hull, clockwise on screen (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Polygon {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  if (sorted.length < 3) return sorted;
  const half = (source: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const p of source) {
      while (chain.length >= 2) {
        const o = chain[chain.length - 2] as Point;
        const q = chain[chain.length - 1] as Point;
        if ((q[0] - o[0]) * (p[1] - o[1]) - (q[1] - o[1]) * (p[0] - o[0]) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** The Minkowski sum of a convex polygon with a square of half-side `margin`: at least that far in every direction. */
export function growPolygon(polygon: Polygon, margin: number): Polygon {
  return convexHull(
    polygon.flatMap(([x, y]): Point[] => [
      [x - margin, y - margin],
      [x + margin, y - margin],
      [x + margin, y + margin],
      [x - margin, y + margin],
    ]),
  );
}

/** The part that two convex polygons share; empty when they share no area. Either winding is accepted. */
export function intersectConvex(subject: Polygon, clip: Polygon): Polygon {
  const sign = twiceSignedArea(clip) >= 0 ? 1 : -1;
  let left = subject;
  for (let i = 0, j = clip.length - 1; i < clip.length && left.length > 0; j = i++) {
    const [px, py] = clip[j] as Point;
    const [qx, qy] = clip[i] as Point;
    // Inside is where sign · cross(q − p, point − p) ≥ 0.
    const a = sign * (qy - py);
    const b = -sign * (qx - px);
    left = clipHalfPlane(left, a, b, a * px + b * py);
  }
  return left.length >= 3 ? left : [];
}

/** The area that a convex polygon has inside a box, in square pixels. */
export function areaInBox(polygon: Polygon, box: Box): number {
  return polygonArea(clipToBox(polygon, box));
}

/**
 * What is left of a convex polygon around a box, as at most four convex pieces that do not overlap:
 * left of it, right of it, above it, below it.
 */
export function subtractBox(polygon: Polygon, box: Box): Polygon[] {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const middle = clipHalfPlane(clipHalfPlane(polygon, -1, 0, -box.x), 1, 0, right);
  return [
    clipHalfPlane(polygon, 1, 0, box.x),
    clipHalfPlane(polygon, -1, 0, -right),
    clipHalfPlane(middle, 0, 1, box.y),
    clipHalfPlane(middle, 0, -1, -bottom),
  ].filter((piece) => piece.length >= 3);
}

/** The smallest box with whole-pixel edges around a box. */
export function snapOutward(box: Box): Box {
  const x = Math.floor(box.x);
  const y = Math.floor(box.y);
  return { x, y, width: Math.ceil(box.x + box.width) - x, height: Math.ceil(box.y + box.height) - y };
}

/** Above 0 when the corners run clockwise on screen. */
function twiceSignedArea(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    twice += xj * yi - xi * yj;
  }
  return twice;
}
