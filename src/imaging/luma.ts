import type { PixelImage } from '../core/image.js';

/** Luma (ITU-R BT.601), 0–255, of a pixel given by its number, counted row by row; alpha is ignored. */
export function lumaOf({ data, channels }: PixelImage, pixel: number): number {
  const at = pixel * channels;
  return 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
}
