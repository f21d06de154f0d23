import { asSharp } from '../../imaging/as-sharp.js';
import { ImageDeidError } from '../../core/errors.js';
import type { DecodedImage } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import type { EncodeOptions, ImageFormatPlugin } from '../contract.js';
import { withoutOpaqueAlpha } from '../opaque-alpha.js';
import { codecError, decodeWithSharp } from '../sharp-codec.js';
import { onlyFrame } from '../still-frame.js';
import { colourOf } from './colour-of.js';
import { isPng, readChunks } from './chunks.js';
import { walkPng } from './walk-png.js';

/** PNG of any depth; an animated one is refused, because libvips sees only its first frame. */
export const pngFormat: ImageFormatPlugin = {
  id: 'png',
  title: 'PNG',
  extension: 'png',
  sniff: isPng,
  walk: walkPng,
  decode: decodePng,
  encode: encodePng,
  isOwn: async (bytes, limits) =>
    Buffer.compare(bytes, await encodePng(await decodePng(bytes, limits), { limits })) === 0,
};

async function decodePng(bytes: Uint8Array, limits: Limits): Promise<DecodedImage> {
  const { chunks } = readChunks(bytes);
  if (chunks.some(({ type }) => type === 'acTL')) {
    throw new ImageDeidError({ id: 'error/unsupported-format/apng', values: {} }, 'decode');
  }
  return decodeWithSharp(bytes, 'png', limits, colourOf(chunks));
}

async function encodePng(image: DecodedImage, { limits }: EncodeOptions): Promise<Uint8Array> {
  const frame = onlyFrame(withoutOpaqueAlpha(image), 'PNG');
  try {
    const written = await asSharp(frame)
      .timeout({ seconds: Math.max(1, Math.ceil(limits.codecSeconds)) })
      .png({ compressionLevel: 6, adaptiveFiltering: true, palette: false })
      .toBuffer();
    // libvips adds a pHYs chunk, which pixels do not need.
    const kept = walkPng(written).filter(({ allowed }) => allowed);
    return Buffer.concat(kept.map(({ offset, length }) => written.subarray(offset, offset + length)));
  } catch (error) {
    throw codecError(error, 'encode', limits);
  }
}
