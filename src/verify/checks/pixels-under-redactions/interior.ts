import type { Polygon } from '../../../core/geometry.js';
import { centresInside, type RowSpan } from '../../../imaging/centres.js';

/**
 * The pixels whose centre lies in a convex polygon and in the image, and likewise the centres `reach` pixels away along
 * both axes and diagonals. Computed apart from the rasteriser that redacts, so that an error there does not hide here.
 * @param reach in whole pixels, 1 or more
 */
export function interiorSpans(polygon: Polygon, width: number, height: number, reach: number): RowSpan[] {
  const rows = new Map(centresInside(polygon, { width, height }).map((span) => [span.y, span]));
  return [...rows.values()].flatMap(({ y, ...here }) => {
    // The polygon is convex: what holds for the outer rows holds for those between them.
    const [above, below] = [rows.get(y - reach), rows.get(y + reach)];
    if (!above || !below) return [];
    const first = Math.max(above.first, here.first, below.first) + reach;
    const last = Math.min(above.last, here.last, below.last) - reach;
    return last > first ? [{ y, first, last }] : [];
  });
}
