import { boundingBox, isInside, type Polygon } from '../../../core/geometry.js';

/** One byte per pixel: 0 where a convex polygon holds its middle, otherwise 1. */
export function freePixels(polygons: readonly Polygon[], width: number, height: number): Uint8Array {
  const free = new Uint8Array(width * height).fill(1);
  for (const polygon of polygons) {
    const box = boundingBox(polygon);
    const [left, right] = [Math.max(0, Math.floor(box.x)), Math.min(width, Math.ceil(box.x + box.width))];
    const bottom = Math.min(height, Math.ceil(box.y + box.height));
    for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
      for (let x = left; x < right; x++) if (isInside(polygon, [x + 0.5, y + 0.5])) free[y * width + x] = 0;
    }
  }
  return free;
}
