import type { Point, Polygon } from '../../../core/geometry.js';
import { isInside } from '../../../imaging/convex.js';
import { isKeep, piecesOf, type Region } from './region.js';

/** Corners are looked at a little inside: an outline that is found again differs by rounding. */
const INSIDE = 0.95;

/** Whether everything that regions covered is covered by others as well. */
export function coversStill(before: readonly Region[], now: readonly Region[]): boolean {
  const covers = now.filter((region) => !isKeep(region)).flatMap(piecesOf);
  return before
    .filter((region) => !isKeep(region))
    .flatMap(piecesOf)
    .every((piece) => pointsOf(piece).every((point) => covers.some((cover) => isInside(cover, point))));
}

/** The middle of a convex area and points near its corners. */
function pointsOf(polygon: Polygon): Point[] {
  const middle = [0, 1].map((axis) => polygon.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / polygon.length);
  const [x = 0, y = 0] = middle;
  return [[x, y], ...polygon.map(([px, py]): Point => [x + (px - x) * INSIDE, y + (py - y) * INSIDE])];
}
