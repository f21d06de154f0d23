import sharp from 'sharp';
import type { ImageFormat, PixelImage } from '../../core/image.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import type { ReadFrames } from './frame-strip.js';

/** Formats whose frames libvips reads as one tall image; the pages of others differ in size. */
const ANIMATED: readonly ImageFormat[] = ['gif', 'webp'];

/** Whether several pictures in such a file are frames of an animation. */
export const isAnimatedFormat = (format: ImageFormat): boolean => ANIMATED.includes(format);

/** Reads frames or pages of a photo that this tool has written, made opaque. */
export function writtenFrames(bytes: Uint8Array, format: ImageFormat): ReadFrames {
  const read = async (page: number, pages: number): Promise<PixelImage[]> => {
    const { data, info } = await sharp(bytes, { page, pages, limitInputPixels: DEFAULT_LIMITS.maxPixels })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const height = info.height / pages;
    const size = info.width * height * 3;
    return Array.from({ length: pages }, (_, i) => ({
      width: info.width,
      height,
      channels: 3,
      data: data.subarray(i * size, (i + 1) * size),
    }));
  };
  if (isAnimatedFormat(format)) return read;
  return async (first, count) => {
    const pages: PixelImage[] = [];
    for (let page = first; page < first + count; page++) pages.push(...(await read(page, 1)));
    return pages;
  };
}
