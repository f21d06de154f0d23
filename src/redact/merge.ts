import type { DetectionKind } from '../core/detection.js';
import { boundingBox, type Box, type Polygon } from '../core/geometry.js';
import { areaInBox, convexHull, intersectConvex, polygonArea } from '../imaging/convex.js';

/** A region on its way to becoming a redaction. */
export interface Cover {
  readonly kinds: ReadonlySet<DetectionKind>;
  readonly polygon: Polygon;
  /** As in a redaction; regions of different things, when joined, become one of neither. */
  readonly group?: number;
}

interface Measured extends Cover {
  readonly box: Box;
  readonly area: number;
}

/** When at least this share of the smaller region lies inside the larger one, they cover the same thing. */
const SAME_THING = 0.7;
/** How far a hull may exceed its two regions, so that crossing lines of text do not swallow what lies between them. */
const HULL_GROWTH = 1.3;
/** From this share on, the smaller region counts as inside the larger one, whatever their hull. */
const CONTAINED = 0.98;
const MAX_PASSES = 4;

/**
 * Joins regions that cover the same thing into their convex hull; everything they covered stays covered.
 * No hull is made that would cover more of a kept region. Only comparisons of boxes are quadratic in number.
 */
export function mergeCovers(covers: readonly Cover[], keep: readonly Box[]): Cover[] {
  let current = covers.map(measure);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = mergeOnce(current, keep);
    if (next.length === current.length) break;
    current = next;
  }
  return current.map(({ kinds, polygon, group }) => ({
    kinds,
    polygon,
    ...(group !== undefined && { group }),
  }));
}

function mergeOnce(covers: readonly Measured[], keep: readonly Box[]): Measured[] {
  const accepted: Measured[] = [];
  for (const cover of [...covers].sort((a, b) => b.area - a.area)) {
    let merged: Measured | undefined;
    const at = accepted.findIndex((other) => (merged = mergePair(other, cover, keep)) !== undefined);
    if (merged) accepted[at] = merged;
    else accepted.push(cover);
  }
  return accepted;
}

function mergePair(a: Measured, b: Measured, keep: readonly Box[]): Measured | undefined {
  if (!boxesMeet(a.box, b.box)) return undefined;
  const shared = polygonArea(intersectConvex(a.polygon, b.polygon));
  const inside = shared / Math.min(a.area, b.area);
  if (!(inside >= SAME_THING)) return undefined;
  const hull = measure({
    kinds: new Set([...a.kinds, ...b.kinds]),
    polygon: convexHull([...a.polygon, ...b.polygon]),
    ...(a.group !== undefined && a.group === b.group && { group: a.group }),
  });
  if (inside < CONTAINED && hull.area > HULL_GROWTH * (a.area + b.area - shared)) return undefined;
  for (const box of keep) {
    if (areaInBox(hull.polygon, box) > areaInBox(a.polygon, box) + areaInBox(b.polygon, box) + 1e-6)
      return undefined;
  }
  return hull;
}

function measure(cover: Cover): Measured {
  return { ...cover, box: boundingBox(cover.polygon), area: polygonArea(cover.polygon) };
}

function boxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
