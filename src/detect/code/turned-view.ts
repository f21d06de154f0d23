import sharp from 'sharp';
import type { Point } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';

/** A photo turned around its middle. */
export interface TurnedView {
  readonly image: PixelImage;
  /** From pixels of the view to those of the photo. */
  readonly toPhoto: (point: Point) => Point;
}

/**
 * Turns a photo clockwise, made smaller where it exceeds `mostSide` pixels; the corners that come in are grey.
 * @param image three channels
 */
export async function turnedView(image: PixelImage, degrees: number, mostSide: number): Promise<TurnedView> {
  const scale = Math.min(1, mostSide / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await sharp(small.data, { raw: small.info })
    .rotate(degrees, { background: '#808080' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return {
    image: { width: info.width, height: info.height, channels: 3, data },
    toPhoto: ([px, py]) => {
      const [x, y] = [px - info.width / 2, py - info.height / 2];
      const [back, down] = [x * cos + y * sin, y * cos - x * sin];
      return [
        ((back + small.info.width / 2) * image.width) / small.info.width,
        ((down + small.info.height / 2) * image.height) / small.info.height,
      ];
    },
  };
}
