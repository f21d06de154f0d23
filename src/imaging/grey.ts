import type { Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';

/** Luma, 0–255, row by row (height × width). */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A part of an image, in whole pixels, without its colours; by the formula of ZXing-C++. Alpha is ignored. */
export function greyOf(image: PixelImage, part: Box = { ...image, x: 0, y: 0 }): GreyImage {
  const { channels, data } = image;
  const { width, height } = part;
  const grey = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    let from = ((part.y + y) * image.width + part.x) * channels;
    for (const end = to + width; to < end; to++, from += channels) {
      const [r, g, b] = [data[from] as number, data[from + 1] as number, data[from + 2] as number];
      grey[to] = (Math.imul(306, r) + Math.imul(601, g) + Math.imul(117, b) + 512) >> 10;
    }
  }
  return { width, height, data: grey };
}

/** A part, in whole pixels. */
export function greyPart(image: GreyImage, part: Box): GreyImage {
  const { width, height, data } = image;
  if (part.width === width && part.height === height) return image;
  const copy = new Uint8Array(part.width * part.height);
  for (let y = 0; y < part.height; y++) {
    const from = (part.y + y) * width + part.x;
    copy.set(data.subarray(from, from + part.width), y * part.width);
  }
  return { width: part.width, height: part.height, data: copy };
}
