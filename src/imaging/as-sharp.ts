import sharp, { type Sharp } from 'sharp';
import type { PixelImage } from '../core/image.js';

/** Pixels for libvips, as many as they are: too many are refused where a file is opened. */
export function asSharp({ width, height, channels, data }: PixelImage): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}
