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

/** The image, or a copy of that share of its sides. @param scale above 0; from 1 on the image itself */
export async function shrunkBy(image: PixelImage, scale: number): Promise<PixelImage> {
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return scale < 1 ? resized(image, side(image.width), side(image.height)) : image;
}

/** The image, or a copy of at most `mostSide` pixels a side. */
export function shrunk(image: PixelImage, mostSide: number): Promise<PixelImage> {
  return shrunkBy(image, mostSide / Math.max(image.width, image.height));
}

/** A part of a copy of that size, in whole pixels of it; the rest is not computed. */
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
