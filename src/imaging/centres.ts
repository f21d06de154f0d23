import type { Point, Polygon } from '../core/geometry.js';

/** Pixels first ≤ x < last of row y. */
export interface RowSpan {
  readonly y: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The pixels whose centre lies in a convex polygon, its border included, row by row. Independent of `rasterise`, which
 * paints the redactions, so that the checks can notice an error there.
 * @param size width and height in pixels; what lies outside is cut off
 */
export function centresInside(
  polygon: Polygon,
  { width, height }: { readonly width: number; readonly height: number },
): RowSpan[] {
  const ys = polygon.map(([, y]) => y);
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)));
  const spans: RowSpan[] = [];
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < bottom; y++) {
    const [from, to] = cutAt(polygon, y + 0.5);
    const first = Math.max(0, Math.ceil(from - 0.5));
    const last = Math.min(width, Math.floor(to - 0.5) + 1);
    if (last > first) spans.push({ y, first, last });
  }
  return spans;
}

/** Where a horizontal line cuts a convex polygon; [Infinity, -Infinity] when it does not. */
function cutAt(polygon: Polygon, y: number): [from: number, to: number] {
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    if (Math.min(yi, yj) > y || Math.max(yi, yj) < y) continue;
    const x = yi === yj ? xi : xi + ((y - yi) / (yj - yi)) * (xj - xi);
    from = Math.min(from, x);
    to = Math.max(to, x);
  }
  return [from, to];
}
