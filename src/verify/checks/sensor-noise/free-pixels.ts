import type { Polygon } from '../../../core/geometry.js';
import { centresInside } from '../../../imaging/centres.js';

/** One byte per pixel: 0 where the pixel's middle is inside or on the border of a convex polygon, otherwise 1. */
export function freePixels(polygons: readonly Polygon[], width: number, height: number): Uint8Array {
  const free = new Uint8Array(width * height).fill(1);
  for (const polygon of polygons) {
    for (const { y, first, last } of centresInside(polygon, { width, height })) {
      free.fill(0, y * width + first, y * width + last);
    }
  }
  return free;
}
