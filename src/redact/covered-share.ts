import type { Redaction } from '../core/detection.js';
import type { Frame, PixelImage } from '../core/image.js';
import { rasterise } from './rasterise.js';

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
    covered += coveredPixels(frame.pixels, redactions[i] ?? []);
    pixels += frame.pixels.width * frame.pixels.height;
  });
  return covered / pixels;
}

function coveredPixels({ width, height }: PixelImage, redactions: readonly Redaction[]): number {
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
