import type { ImageFormatPlugin } from '../contract.js';
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
  encode: (image, { limits }) =>
    writeTiff(
      image.frames.map((frame) => frame.pixels),
      limits.codecSeconds,
    ),
};
