import type { Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { asSharp } from './as-sharp.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A copy of exactly that size, stretched if need be; with sharp's default kernel, Lanczos with three lobes. */
export async function resized(image: PixelImage, width: number, height: number): Promise<PixelImage> {
  const data = await asSharp(image).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, channels: image.channels, data };
}

/** A copy with its sides scaled down. @param scale above 0; at 1 and more, the image itself is returned */
export async function shrunkBy(image: PixelImage, scale: number): Promise<PixelImage> {
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return scale < 1 ? resized(image, side(image.width), side(image.height)) : image;
}

/** The image, or a smaller copy whose longer side has `mostSide` pixels. */
export function shrunk(image: PixelImage, mostSide: number): Promise<PixelImage> {
  return shrunkBy(image, mostSide / Math.max(image.width, image.height));
}

/** One part of a copy of that size; `part` is in whole pixels of the copy, the rest of which is not computed. */
export async function resizedPart(
  image: PixelImage,
  width: number,
  height: number,
  part: Box,
): Promise<PixelImage> {
  const isSame = image.width === width && image.height === height;
  const whole = isSame ? asSharp(image) : asSharp(image).resize(width, height, { fit: 'fill' });
  const data = await whole.extract(asExtract(part)).raw().toBuffer();
  return { width: part.width, height: part.height, channels: image.channels, data };
}

/** Cuts a part out of the image and resizes it to exactly that size; cubic (Catmull and Rom), as in training. */
export async function partResized(
  image: PixelImage,
  part: Box,
  { width, height }: Size,
): Promise<PixelImage> {
  const cut = asSharp(image).extract(asExtract(part));
  const data = await cut.resize(width, height, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
  return { width, height, channels: image.channels, data };
}

function asExtract({ x, y, width, height }: Box) {
  return { left: x, top: y, width, height };
}
