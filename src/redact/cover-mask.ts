import type { Redaction } from '../core/detection.js';
import type { Frame, PixelImage } from '../core/image.js';
import { rasterise } from '../imaging/rasterise.js';

/**
 * The share of all frames' pixels that is covered, 0–1; pixels under several redactions count once.
 * @param redactions per frame
 */
export function coveredShare(
  frames: readonly Frame[],
  redactions: readonly (readonly Redaction[])[],
): number {
  let [covered, pixels] = [0, 0];
  frames.forEach((frame, i) => {
    covered += coverMask(frame.pixels, redactions[i] ?? []).reduce((sum, pixel) => sum + pixel, 0);
    pixels += frame.pixels.width * frame.pixels.height;
  });
  return covered / pixels;
}

/** One byte per pixel, row by row: 1 where a redaction covers it, otherwise 0. */
export function coverMask(
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  redactions: readonly Redaction[],
): Uint8Array {
  const covered = new Uint8Array(width * height);
  for (const { polygon } of redactions) {
    const mask = rasterise(polygon, { width, height });
    for (let y = 0; y < mask.height; y++) {
      for (let x = 0; x < mask.width; x++) {
        if (mask.data[y * mask.width + x] === 255) covered[(mask.top + y) * width + mask.left + x] = 1;
      }
    }
  }
  return covered;
}
