import type { PixelImage } from '../../src/core/image.js';

/** A copy whose levels are a share of what they were, plus `fog`. */
export function faded(image: PixelImage, share: number, fog = 0): PixelImage {
  return { ...image, data: image.data.map((level) => Math.round(level * share + fog)) };
}
