import type { Box, Polygon } from '../core/geometry.js';
import { clipToBox } from '../imaging/convex.js';
import type { PixelImage } from '../core/image.js';

/** Cuts a box out of an image; the box has whole pixels and lies inside the image. */
export function cropImage({ width, channels, data }: PixelImage, box: Box): PixelImage {
  const row = box.width * channels;
  const part = new Uint8Array(row * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * width + box.x) * channels;
    part.set(data.subarray(from, from + row), y * row);
  }
  return { width: box.width, height: box.height, channels, data: part };
}

/** Converts a convex polygon to pixels of the cut-out part and clips it to that; undefined when nothing is left. */
export function moveIntoCrop(polygon: Polygon, box: Box): Polygon | undefined {
  const inside = clipToBox(polygon, box);
  return inside.length < 3 ? undefined : inside.map(([x, y]) => [x - box.x, y - box.y] as const);
}
