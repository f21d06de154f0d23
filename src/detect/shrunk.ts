import type { PixelImage } from '../core/image.js';
import { resized } from '../inference/resized.js';

/** The image, or a copy of at most `mostSide` pixels a side: cutting and turning views of it costs little. */
export async function shrunk(image: PixelImage, mostSide: number): Promise<PixelImage> {
  const { width, height } = image;
  const factor = Math.max(width, height) / mostSide;
  if (factor <= 1) return image;
  return resized(image, Math.max(1, Math.round(width / factor)), Math.max(1, Math.round(height / factor)));
}
