import sharp from 'sharp';
import type { PixelImage } from '../core/image.js';

/** The image, or a copy of at most `mostSide` pixels a side: cutting and turning views of it costs little. */
export async function shrunk(image: PixelImage, mostSide: number): Promise<PixelImage> {
  const { width, height, channels, data } = image;
  const factor = Math.max(width, height) / mostSide;
  if (factor <= 1) return image;
  const [w, h] = [Math.max(1, Math.round(width / factor)), Math.max(1, Math.round(height / factor))];
  const small = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize(w, h, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { width: w, height: h, channels, data: small };
}
