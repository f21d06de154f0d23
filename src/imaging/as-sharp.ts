import sharp, { type Sharp } from 'sharp';
import type { PixelImage } from '../core/image.js';

/** Hands pixels to libvips, without a limit on their number: a file with too many is refused when it is opened. */
export function asSharp({ width, height, channels, data }: PixelImage): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}
