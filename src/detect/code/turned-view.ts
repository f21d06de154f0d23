import sharp from 'sharp';
import type { Point } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';

/** A picture turned around its middle. */
export interface TurnedView {
  readonly image: PixelImage;
  /** From pixels of the view to those of the picture. */
  readonly turnBack: (point: Point) => Point;
}

/**
 * Turns a picture clockwise; the corners that come in are grey.
 * @param picture three channels
 */
export async function turnedView({ width, height, data }: PixelImage, degrees: number): Promise<TurnedView> {
  const { data: turned, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(degrees, { background: '#808080' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return {
    image: { width: info.width, height: info.height, channels: 3, data: turned },
    turnBack: ([px, py]) => {
      const [x, y] = [px - info.width / 2, py - info.height / 2];
      return [x * cos + y * sin + width / 2, y * cos - x * sin + height / 2];
    },
  };
}
