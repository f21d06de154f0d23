import { boundingBox, type Polygon } from '../core/geometry.js';
import { clipHalfPlane } from './convex.js';

/** The rasterised polygon: pixel (x, y) is inside when `data[(y - top) * width + (x - left)]` is 255. */
export interface Mask {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Overlaps thinner than this, in pixels, come from rounding the clipped coordinates and do not count. */
const ROUNDING = 1e-6;

/**
 * Every pixel that a convex polygon touches. Row by row the polygon is cut to the pixel row's band; because the cut is
 * convex too, the touched pixels are exactly those under its extent in x.
 * @param image width and height in pixels; what lies outside is cut off
 */
export function rasterise(
  polygon: Polygon,
  image: { readonly width: number; readonly height: number },
): Mask {
  const box = boundingBox(polygon);
  const left = Math.max(0, Math.floor(box.x + ROUNDING));
  const top = Math.max(0, Math.floor(box.y + ROUNDING));
  const width = Math.max(0, Math.min(image.width, Math.ceil(box.x + box.width - ROUNDING)) - left);
  const height = Math.max(0, Math.min(image.height, Math.ceil(box.y + box.height - ROUNDING)) - top);
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = top + row;
    const band = clipHalfPlane(clipHalfPlane(polygon, 0, -1, -y), 0, 1, y + 1);
    if (band.length === 0) continue;
    const extent = boundingBox(band);
    const first = Math.max(0, Math.floor(extent.x + ROUNDING) - left);
    const last = Math.min(width, Math.ceil(extent.x + extent.width - ROUNDING) - left);
    if (last > first) data.fill(255, row * width + first, row * width + last);
  }
  return { left, top, width, height, data };
}

/** Every pixel that at least one of several convex polygons touches. */
export function rasteriseAll(
  polygons: readonly Polygon[],
  image: { readonly width: number; readonly height: number },
): Mask {
  const masks = polygons.map((polygon) => rasterise(polygon, image)).filter(({ data }) => data.length > 0);
  const [first] = masks;
  if (!first || masks.length === 1)
    return first ?? { left: 0, top: 0, width: 0, height: 0, data: new Uint8Array() };
  const left = Math.min(...masks.map((mask) => mask.left));
  const top = Math.min(...masks.map((mask) => mask.top));
  const width = Math.max(...masks.map((mask) => mask.left + mask.width)) - left;
  const height = Math.max(...masks.map((mask) => mask.top + mask.height)) - top;
  const data = new Uint8Array(width * height);
  for (const mask of masks) {
    for (let row = 0; row < mask.height; row++) {
      const at = (mask.top - top + row) * width + mask.left - left;
      for (let column = 0; column < mask.width; column++) {
        if (mask.data[row * mask.width + column] === 255) data[at + column] = 255;
      }
    }
  }
  return { left, top, width, height, data };
}
