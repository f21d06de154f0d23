import type { Redaction } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
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
    const mask = coverMask(frame.pixels, redactions[i] ?? []);
    for (let p = 0; p < mask.length; p++) covered += mask[p] as number;
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

/** The covered share, 0–1, of the kept region of which most is covered; undefined when none lies in the frame. */
export function keepCovered(
  frame: Pick<PixelImage, 'width' | 'height'>,
  redactions: readonly Redaction[],
  keep: readonly Box[],
): number | undefined {
  if (keep.length === 0) return undefined;
  const covered = coverMask(frame, redactions);
  const shares = keep.flatMap((box) => {
    const mask = rasterise(boxPolygon(box), frame);
    let inside = 0;
    for (let y = 0; y < mask.height; y++) {
      for (let x = 0; x < mask.width; x++)
        inside += covered[(mask.top + y) * frame.width + mask.left + x] as number;
    }
    return mask.data.length > 0 ? inside / mask.data.length : [];
  });
  return shares.length > 0 ? Math.max(...shares) : undefined;
}
