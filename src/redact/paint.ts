import type { PixelImage } from '../core/image.js';
import type { Mask } from '../imaging/rasterise.js';

/**
 * Paints every pixel inside a mask, opaque. Nothing is blended with what was there: a soft edge would leak it.
 * @param colour writes RGB 0–255 for column x and row y of the mask into `rgb`
 */
export function paintInside(
  image: PixelImage,
  mask: Mask,
  colour: (x: number, y: number, rgb: Float64Array) => void,
): void {
  const rgb = new Float64Array(3);
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] !== 255) continue;
      const at = ((mask.top + y) * image.width + mask.left + x) * image.channels;
      colour(x, y, rgb);
      for (let c = 0; c < 3; c++) image.data[at + c] = Math.round(rgb[c] as number);
      if (image.channels === 4) image.data[at + 3] = 255;
    }
  }
}
