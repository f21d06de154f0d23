import type { Redaction } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';
import { rasterise } from './rasterise.js';

/** How many of a frame's pixels are covered; those under several redactions count once. */
export function coveredPixels(
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  redactions: readonly Redaction[],
): number {
  const covered = new Uint8Array(redactions.length === 0 ? 0 : width * height);
  let count = 0;
  for (const { polygon } of redactions) {
    const mask = rasterise(polygon, { width, height });
    for (let y = 0; y < mask.height; y++) {
      for (let x = 0; x < mask.width; x++) {
        const at = (mask.top + y) * width + mask.left + x;
        if (mask.data[y * mask.width + x] !== 255 || covered[at] === 1) continue;
        covered[at] = 1;
        count++;
      }
    }
  }
  return count;
}
