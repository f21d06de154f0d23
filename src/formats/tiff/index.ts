import type { DecodedImage } from '../../core/image.js';
import type { EncodeOptions, ImageFormatPlugin } from '../contract.js';
import { withoutOpaqueAlpha } from '../opaque-alpha.js';
import { decodeTiff } from './decode-tiff.js';
import { isTiff } from './read-tiff.js';
import { walkTiff } from './walk-tiff.js';
import { writeTiff } from './write-tiff.js';

/** TIFF and BigTIFF, every page; written as TIFF 6.0 by our own writer, so that no tag is there by accident. */
export const tiffFormat: ImageFormatPlugin = {
  id: 'tiff',
  title: 'TIFF',
  extension: 'tif',
  sniff: isTiff,
  walk: walkTiff,
  decode: decodeTiff,
  encode: encodeTiff,
  isOwn: async (bytes, limits) =>
    Buffer.compare(bytes, await encodeTiff(await decodeTiff(bytes, limits), { limits })) === 0,
};

function encodeTiff(image: DecodedImage, { limits }: EncodeOptions): Promise<Uint8Array> {
  const pages = withoutOpaqueAlpha(image).frames.map((frame) => frame.pixels);
  return writeTiff(pages, limits.codecSeconds);
}
