import type { Point, Polygon } from '../../../core/geometry.js';

/** Pixels first ≤ x < last of one row. */
export interface RowSpan {
  readonly y: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The pixels whose centre lies in a convex polygon and in the image, as do the centres `reach` pixels away along both
 * axes and diagonals. Counted apart from the rasteriser that redacts, so that an error there does not hide itself here.
 * @param reach in whole pixels, 1 or more
 */
export function interiorSpans(polygon: Polygon, width: number, height: number, reach: number): RowSpan[] {
  const ys = polygon.map(([, y]) => y);
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)));
  const rows: ([number, number] | undefined)[] = [];
  for (let y = top; y < bottom; y++) rows.push(centresInRow(polygon, y, width));
  const spans: RowSpan[] = [];
  for (let i = reach; i + reach < rows.length; i++) {
    // The polygon is convex: what holds for the outer rows holds for those between.
    const [above, here, below] = [rows[i - reach], rows[i], rows[i + reach]];
    if (!above || !here || !below) continue;
    const first = Math.max(above[0], here[0], below[0]) + reach;
    const last = Math.min(above[1], here[1], below[1]) - reach;
    if (last > first) spans.push({ y: top + i, first, last });
  }
  return spans;
}

function centresInRow(polygon: Polygon, y: number, width: number): [number, number] | undefined {
  const at = y + 0.5;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [px, py] = polygon[j] as Point;
    const [qx, qy] = polygon[i] as Point;
    if (py <= at === qy <= at) continue;
    const x = px + ((at - py) / (qy - py)) * (qx - px);
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  const first = Math.max(0, Math.ceil(low - 0.5));
  const last = Math.min(width, Math.floor(high - 0.5) + 1);
  return last > first ? [first, last] : undefined;
}
