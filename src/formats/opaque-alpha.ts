import type { DecodedImage, PixelImage } from '../core/image.js';

/** Drops an alpha channel that hides nothing in any frame, so that the same picture always gives the same bytes. */
export function withoutOpaqueAlpha(image: DecodedImage): DecodedImage {
  const frames = image.frames.map((frame) => ({ ...frame, pixels: dropOpaqueAlpha(frame.pixels) }));
  return frames.some(({ pixels }) => pixels.channels === 4) ? image : { ...image, frames };
}

/** The same pixels without an alpha channel that is 255 everywhere. */
export function dropOpaqueAlpha(image: PixelImage): PixelImage {
  if (image.channels === 3) return image;
  const { width, height, data } = image;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return image;
  const opaque = new Uint8Array(width * height * 3);
  for (let i = 0, j = 0; i < data.length; i += 4, j += 3) {
    opaque[j] = data[i] as number;
    opaque[j + 1] = data[i + 1] as number;
    opaque[j + 2] = data[i + 2] as number;
  }
  return { width, height, channels: 3, data: opaque };
}
