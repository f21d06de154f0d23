import sharp from 'sharp';
import type { Point } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { GreyImage } from './grey.js';

/** An image turned around its middle by any angle. */
export interface TurnedImage {
  readonly image: GreyImage;
  /** From pixels of the turned image to those of the original. */
  readonly turnBack: (point: Point) => Point;
}

/** Turns an image clockwise; it grows to hold all of the picture, and its new corners are grey. */
export async function turnedBy({ width, height, data }: GreyImage, degrees: number): Promise<TurnedImage> {
  const turned = await sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .rotate(degrees, { background: '#808080' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { info } = turned;
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return {
    image: { width: info.width, height: info.height, data: turned.data },
    turnBack: ([px, py]) => {
      const [x, y] = [px - info.width / 2, py - info.height / 2];
      return [x * cos + y * sin + width / 2, y * cos - x * sin + height / 2];
    },
  };
}

/** A copy with left and right swapped. */
export function mirrored<T extends PixelImage>(image: T): T {
  const { width, channels, data } = image;
  const row = width * channels;
  const copy = new Uint8Array(data.length);
  for (let start = 0; start < data.length; start += row) {
    copyReversed(data.subarray(start, start + row), copy.subarray(start, start + row), channels);
  }
  return { ...image, data: copy };
}

/** A copy turned by 180 degrees. */
export function upsideDown<T extends PixelImage>(image: T): T {
  const copy = new Uint8Array(image.data.length);
  copyReversed(image.data, copy, image.channels);
  return { ...image, data: copy };
}

/** Copies the pixels in reverse order; both arrays hold whole pixels and have the same length. */
function copyReversed(from: Uint8Array, to: Uint8Array, channels: number): void {
  for (let at = 0, end = from.length - channels; end >= 0; at += channels, end -= channels) {
    for (let c = 0; c < channels; c++) to[end + c] = from[at + c] as number;
  }
}
