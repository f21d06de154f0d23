import sharp from 'sharp';
import type { Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';

/** Clockwise quarter turns. */
export type Turns = 0 | 1 | 2 | 3;

/** A copy turned clockwise. */
export async function turned(image: PixelImage, turns: Turns): Promise<PixelImage> {
  const { width, height, channels, data } = image;
  const pixels = sharp(data, { raw: { width, height, channels } }).rotate(90 * turns);
  const [across, down] = turns % 2 === 0 ? [width, height] : [height, width];
  return { width: across, height: down, channels, data: await pixels.raw().toBuffer() };
}

/** A box of a copy that was turned clockwise, in pixels of the original. @param original its size */
export function turnedBack(
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
