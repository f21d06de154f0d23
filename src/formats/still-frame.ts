import { ImageDeidError } from '../core/errors.js';
import type { DecodedImage, PixelImage } from '../core/image.js';

/**
 * The only frame of an image, for formats that hold one.
 * @throws {ImageDeidError} too-many-frames
 */
export function onlyFrame(image: DecodedImage, title: string): PixelImage {
  const [frame, ...more] = image.frames;
  if (!frame || more.length > 0) {
    throw new ImageDeidError(
      { id: 'error/too-many-frames/one-frame', values: { title, received: image.frames.length } },
      'encode',
    );
  }
  return frame.pixels;
}
