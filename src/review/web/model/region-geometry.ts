import { boundingBox, middleOf, type Box, type Point, type Polygon } from '../../../core/geometry.js';
import { convexHull, growPolygon, intersectConvex, isInside, polygonArea } from '../../../imaging/convex.js';
import { piecesOf, type Region } from './region.js';

/** Pixels of the upright photo. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which sides of a box follow the pointer: -1 the left or upper one, 1 the right or lower one, 0 none. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** A polygon moved by whole pixels, stopped at the photo's border. */
export function moveWithin(polygon: Polygon, dx: number, dy: number, photo: Size): Polygon {
  const { x, y, width, height } = boundingBox(polygon);
  const mx = Math.round(between(dx, Math.min(0, -x), Math.max(0, photo.width - x - width)));
  const my = Math.round(between(dy, Math.min(0, -y), Math.max(0, photo.height - y - height)));
  return polygon.map(([px, py]): Point => [px + mx, py + my]);
}

/**
 * A box after one of its sides or corners was dragged; never smaller than `least`, never beyond the photo.
 * @param least of each side, in pixels
 */
export function resizeBox(box: Box, handle: Handle, dx: number, dy: number, photo: Size, least: number): Box {
  const [x0, x1] = resizeSpan(box.x, box.x + box.width, handle.x, dx, photo.width, least);
  const [y0, y1] = resizeSpan(box.y, box.y + box.height, handle.y, dy, photo.height, least);
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

function resizeSpan(
  from: number,
  to: number,
  side: -1 | 0 | 1,
  by: number,
  end: number,
  least: number,
): readonly [number, number] {
  if (side === 0) return [from, to];
  if (side < 0) return [Math.round(between(from + by, 0, Math.max(0, to - least))), to];
  return [from, Math.round(between(to + by, Math.min(end, from + least), end))];
}

/** A polygon stretched to fill another box. */
export function stretchTo(polygon: Polygon, target: Box): Polygon {
  const from = boundingBox(polygon);
  const sx = from.width > 0 ? target.width / from.width : 1;
  const sy = from.height > 0 ? target.height / from.height : 1;
  return polygon.map(([x, y]): Point => [target.x + (x - from.x) * sx, target.y + (y - from.y) * sy]);
}

/** The box between two corners in any order, inside the photo. */
export function boxBetween([ax, ay]: Point, [bx, by]: Point, photo: Size): Box {
  const x0 = Math.round(between(Math.min(ax, bx), 0, photo.width));
  const y0 = Math.round(between(Math.min(ay, by), 0, photo.height));
  const x1 = Math.round(between(Math.max(ax, bx), 0, photo.width));
  const y1 = Math.round(between(Math.max(ay, by), 0, photo.height));
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/** The server accepts twice as many. */
const MOST_CORNERS = 128;

/** The convex hull of what a finger drew around something, in whole pixels, inside the photo. */
export function hullOfStroke(points: readonly Point[], photo: Size): Polygon {
  let hull = convexHull(
    points.map(([x, y]): Point => [
      Math.round(between(x, 0, photo.width)),
      Math.round(between(y, 0, photo.height)),
    ]),
  );
  while (hull.length > MOST_CORNERS) hull = hull.filter((_, i) => i % 2 === 0);
  return hull;
}

/** Intersection over union of two polygons, or of their convex hulls, 0–1. */
export function polygonIou(a: Polygon, b: Polygon): number {
  const [p, q] = [convexHull(a), convexHull(b)];
  if (p.length < 3 || q.length < 3) return 0;
  const overlap = polygonArea(intersectConvex(p, q));
  const union = polygonArea(p) + polygonArea(q) - overlap;
  return union > 0 ? overlap / union : 0;
}

/**
 * The region under a point: the smallest that contains it, so that none is out of reach below another.
 * @param slack how far beside a region a point still counts, in pixels; only where no region is hit exactly
 */
export function regionAt(regions: readonly Region[], point: Point, slack: number): Region | undefined {
  const smallest = (grow: number) =>
    regions
      .filter((region) =>
        piecesOf(region).some((piece) => isInside(grow > 0 ? growPolygon(piece, grow) : piece, point)),
      )
      .sort((a, b) => areaOf(a) - areaOf(b))[0];
  return smallest(0) ?? smallest(slack);
}

const areaOf = (region: Region): number =>
  piecesOf(region).reduce((sum, piece) => sum + polygonArea(piece), 0);

/** Where a region lies in the photo: in which third from left to right and from top to bottom. */
export function thirdOf(polygon: Polygon, photo: Size): { column: 0 | 1 | 2; row: 0 | 1 | 2 } {
  const [x, y] = middleOf(polygon);
  const third = (value: number, side: number): 0 | 1 | 2 =>
    value * 3 < side ? 0 : value * 3 < side * 2 ? 1 : 2;
  return { column: third(x, photo.width), row: third(y, photo.height) };
}
