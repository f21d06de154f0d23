import type { PixelImage } from '../core/image.js';

/** ITU-R BT.601, 0–255, of the pixel with that number, row by row; alpha is not regarded. */
export function lumaOf({ data, channels }: PixelImage, pixel: number): number {
  const at = pixel * channels;
  return 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
}
