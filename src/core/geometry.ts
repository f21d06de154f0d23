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

/** The mean of a polygon's corners. */
export function middleOf(polygon: Polygon): Point {
  const mean = (axis: 0 | 1) => polygon.reduce((sum, corner) => sum + corner[axis], 0) / polygon.length;
  return [mean(0), mean(1)];
}

/** Whether two boxes have some area in common. */
export function boxesOverlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Intersection over union of two boxes, 0–1. */
export function boxIou(a: Box, b: Box): number {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a.width * a.height + b.width * b.height - w * h);
}
