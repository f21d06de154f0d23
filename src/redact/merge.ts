import type { DetectionKind } from '../core/detection.js';
import { boundingBox, type Box, type Polygon } from '../core/geometry.js';
import { areaInBox, convexHull, intersectConvex, polygonArea } from '../imaging/convex.js';

/** A region on its way to becoming a redaction. */
export interface Region {
  readonly kinds: ReadonlySet<DetectionKind>;
  readonly polygon: Polygon;
}

interface Measured extends Region {
  readonly box: Box;
  readonly area: number;
}

/** Share of the smaller region inside the larger one from which the two are the same thing. */
const SAME_THING = 0.7;
/** Largest growth by taking the hull, so that crossing lines of text do not swallow what lies between them. */
const HULL_GROWTH = 1.3;
/** From here on the smaller region is inside the larger one, whatever their hull. */
const CONTAINED = 0.98;
const MAX_PASSES = 4;

/**
 * Joins regions that cover the same thing into their convex hull; the union of what was covered stays covered.
 * A hull that would reach into a kept region is not made. Quadratic only in box comparisons.
 */
export function mergeRegions(regions: readonly Region[], keep: readonly Box[]): Region[] {
  let current = regions.map(measure);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = mergeOnce(current, keep);
    if (next.length === current.length) break;
    current = next;
  }
  return current.map(({ kinds, polygon }) => ({ kinds, polygon }));
}

function mergeOnce(regions: readonly Measured[], keep: readonly Box[]): Measured[] {
  const accepted: Measured[] = [];
  for (const region of [...regions].sort((a, b) => b.area - a.area)) {
    let merged: Measured | undefined;
    const at = accepted.findIndex((other) => (merged = mergePair(other, region, keep)) !== undefined);
    if (merged) accepted[at] = merged;
    else accepted.push(region);
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
  });
  if (inside < CONTAINED && hull.area > HULL_GROWTH * (a.area + b.area - shared)) return undefined;
  for (const box of keep) {
    if (areaInBox(hull.polygon, box) > areaInBox(a.polygon, box) + areaInBox(b.polygon, box) + 1e-6)
      return undefined;
  }
  return hull;
}

function measure(region: Region): Measured {
  return { ...region, box: boundingBox(region.polygon), area: polygonArea(region.polygon) };
}

function boxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
