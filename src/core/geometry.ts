/** An axis-aligned box in pixels of the upright image; x grows to the right, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** [x, y] in pixels of the upright image. */
export type Point = readonly [x: number, y: number];

/** A simple polygon, first point not repeated. Everything this project produces is convex. */
export type Polygon = readonly Point[];

/** The smallest box that holds every point. Throws RangeError on an empty polygon. */
export function boundingBox(polygon: Polygon): Box {
  if (polygon.length === 0) throw new RangeError('Expected a polygon with points but received none');
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygon) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/** The four corners, clockwise from the upper left. */
export function boxPolygon(box: Box): Polygon {
  const { x, y, width, height } = box;
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** The area by the shoelace formula, always positive; in square pixels. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    twice += xj * yi - xi * yj;
  }
  return Math.abs(twice) / 2;
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

/** The mean of a polygon's corners. */
export function middleOf(polygon: Polygon): Point {
  const mean = (axis: 0 | 1) => polygon.reduce((sum, corner) => sum + corner[axis], 0) / polygon.length;
  return [mean(0), mean(1)];
}

/** Intersection over union of two boxes, 0–1. */
export function boxIou(a: Box, b: Box): number {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a.width * a.height + b.width * b.height - w * h);
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
