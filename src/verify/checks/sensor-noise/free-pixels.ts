import type { Point, Polygon } from '../../../core/geometry.js';

/** One byte per pixel: 0 where a convex polygon holds its middle, its border included, otherwise 1. */
export function freePixels(polygons: readonly Polygon[], width: number, height: number): Uint8Array {
  const free = new Uint8Array(width * height).fill(1);
  for (const polygon of polygons) {
    const ys = polygon.map(([, y]) => y);
    const bottom = Math.min(height, Math.ceil(Math.max(...ys)));
    for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < bottom; y++) {
      const [from, to] = spanAt(polygon, y + 0.5);
      const first = Math.max(0, Math.ceil(from - 0.5));
      const last = Math.min(width - 1, Math.floor(to - 0.5));
      if (first <= last) free.fill(0, y * width + first, y * width + last + 1);
    }
  }
  return free;
}

/** Where a horizontal line cuts a convex polygon; [Infinity, -Infinity] when it does not. */
function spanAt(polygon: Polygon, y: number): [from: number, to: number] {
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
