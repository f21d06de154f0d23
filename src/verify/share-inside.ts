import { boundingBox, type Polygon } from '../core/geometry.js';
import { isInside } from '../imaging/convex.js';
import { gridPoints } from '../imaging/grid-points.js';

/** Points tested along each side. */
const SAMPLES = 16;

/**
 * The share, 0–1, of a convex polygon's visible part that lies in at least one of the others, from 16 × 16 points; 1
 * when no part of the polygon lies in the picture.
 */
export function shareInside(
  polygon: Polygon,
  others: readonly Polygon[],
  picture: { readonly width: number; readonly height: number },
): number {
  let [all, inside] = [0, 0];
  for (const point of gridPoints(boundingBox(polygon), SAMPLES)) {
    const isShown = point[0] >= 0 && point[1] >= 0 && point[0] < picture.width && point[1] < picture.height;
    if (!isShown || !isInside(polygon, point)) continue;
    all++;
    if (others.some((other) => isInside(other, point))) inside++;
  }
  return all === 0 ? 1 : inside / all;
}
