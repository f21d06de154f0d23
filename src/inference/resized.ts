import sharp from 'sharp';
import type { PixelImage } from '../core/image.js';

/** A copy of exactly that size, whatever its proportions; sharp's own kernel, Lanczos with three lobes. */
export async function resized(image: PixelImage, width: number, height: number): Promise<PixelImage> {
  const { channels, data } = image;
  const raw = { width: image.width, height: image.height, channels };
  const pipeline = sharp(data, { raw, limitInputPixels: false }).resize(width, height, { fit: 'fill' });
  return { width, height, channels, data: await pipeline.raw().toBuffer() };
}
