import type { PixelImage } from '../core/image.js';

/** Black ink and white ink both stand out from it. */
const BACKGROUND = 128;

/**
 * What viewers may show of an image, as opaque RGB. An image with transparent pixels has two versions: laid on grey,
 * and with its alpha ignored, because colours under transparent pixels are still in the file.
 */
export function visibleVersions(image: PixelImage): readonly PixelImage[] {
  if (image.channels === 3) return [image];
  const { width, height, data } = image;
  const bare = new Uint8Array(width * height * 3);
  const laid = new Uint8Array(width * height * 3);
  let opaque = true;
  for (let p = 0; p < width * height; p++) {
    const alpha = data[p * 4 + 3] as number;
    opaque &&= alpha === 255;
    for (let c = 0; c < 3; c++) {
      const value = data[p * 4 + c] as number;
      bare[p * 3 + c] = value;
      laid[p * 3 + c] = (value * alpha + BACKGROUND * (255 - alpha) + 127) / 255;
    }
  }
  const version = (pixels: Uint8Array): PixelImage => ({ width, height, channels: 3, data: pixels });
  return opaque ? [version(bare)] : [version(laid), version(bare)];
}
