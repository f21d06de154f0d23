import type { Box, Point } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { asSharp } from './as-sharp.js';

/** Clockwise quarter turns. */
export type Turns = 0 | 1 | 2 | 3;

/** A copy turned clockwise. */
export async function turnedByQuarters(image: PixelImage, turns: Turns): Promise<PixelImage> {
  const { width, height, channels } = image;
  const [across, down] = turns % 2 === 0 ? [width, height] : [height, width];
  const data = await asSharp(image)
    .rotate(90 * turns)
    .raw()
    .toBuffer();
  return { width: across, height: down, channels, data };
}

/** A box of a copy that was turned clockwise, in pixels of the original. @param original its size */
export function boxTurnedBack(
  { x, y, width, height }: Box,
  turns: Turns,
  original: { readonly width: number; readonly height: number },
): Box {
  switch (turns) {
    case 0:
      return { x, y, width, height };
    case 1:
      return { x: y, y: original.height - x - width, width: height, height: width };
    case 2:
      return { x: original.width - x - width, y: original.height - y - height, width, height };
    case 3:
      return { x: original.width - y - height, y: x, width: height, height: width };
  }
}

/** An image turned around its middle by any angle. */
export interface TurnedImage {
  readonly image: PixelImage;
  /** From pixels of the turned image to those of the original. */
  readonly turnBack: (point: Point) => Point;
}

/** Turns an image clockwise; it grows, and the corners that come in are grey. */
export async function turnedBy(original: PixelImage, degrees: number): Promise<TurnedImage> {
  const { width, height, channels } = original;
  const { data, info } = await asSharp(original)
    .rotate(degrees, { background: '#808080' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return {
    image: { width: info.width, height: info.height, channels, data },
    turnBack: ([px, py]) => {
      const [x, y] = [px - info.width / 2, py - info.height / 2];
      return [x * cos + y * sin + width / 2, y * cos - x * sin + height / 2];
    },
  };
}

/** A copy with left and right exchanged. */
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

/** The last pixel first; both of whole pixels and the same length. */
function copyReversed(from: Uint8Array, to: Uint8Array, channels: number): void {
  for (let at = 0, end = from.length - channels; end >= 0; at += channels, end -= channels) {
    for (let c = 0; c < channels; c++) to[end + c] = from[at + c] as number;
  }
}
