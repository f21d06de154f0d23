import type { Redaction } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';
import type { RedactionStyle } from './contract.js';
import { rasterise } from '../imaging/rasterise.js';

/**
 * Covers every redaction on a copy of the pixels; the source is not changed.
 * @param random uniform in [0, 1); cryptographic in use
 */
export function redactFrame(
  pixels: PixelImage,
  redactions: readonly Redaction[],
  style: RedactionStyle,
  random: () => number,
): PixelImage {
  const copy: PixelImage = { ...pixels, data: Uint8Array.from(pixels.data) };
  for (const redaction of redactions) {
    const mask = rasterise(redaction.polygon, copy);
    if (mask.data.length > 0) style.apply(copy, redaction, mask, random);
  }
  return copy;
}
