import type { Sharp } from 'sharp';
import type { PixelImage } from '../../dist/core/image.js';

/** The pixels of a picture as sRGB without transparency, 3 × 8 bits. */
export async function rgbOf(picture: Sharp): Promise<PixelImage> {
  const pixels = picture.removeAlpha().toColourspace('srgb').raw();
  const { data, info } = await pixels.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

/** Tells sharp the size of a picture whose RGB bytes it gets. */
export function rgbInput({ width, height }: { readonly width: number; readonly height: number }): {
  raw: { width: number; height: number; channels: 3 };
} {
  return { raw: { width, height, channels: 3 } };
}
