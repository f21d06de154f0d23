import sharp from 'sharp';
import type { Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';

/** A copy of exactly that size, whatever its proportions; sharp's own kernel, Lanczos with three lobes. */
export async function resized(image: PixelImage, width: number, height: number): Promise<PixelImage> {
  const { channels, data } = image;
  const raw = { width: image.width, height: image.height, channels };
  const pipeline = sharp(data, { raw, limitInputPixels: false }).resize(width, height, { fit: 'fill' });
  return { width, height, channels, data: await pipeline.raw().toBuffer() };
}

/** A part of that copy, in whole pixels of it; the rest is not computed. */
export async function resizedPart(
  image: PixelImage,
  width: number,
  height: number,
  part: Box,
): Promise<PixelImage> {
  const { channels, data } = image;
  const pipeline = sharp(data, {
    raw: { width: image.width, height: image.height, channels },
    limitInputPixels: false,
  });
  const scaled =
    image.width === width && image.height === height
      ? pipeline
      : pipeline.resize(width, height, { fit: 'fill' });
  const cut = scaled.extract({ left: part.x, top: part.y, width: part.width, height: part.height });
  return { width: part.width, height: part.height, channels, data: await cut.raw().toBuffer() };
}
