import type { ImageFormatPlugin } from '../contract.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { encodeWebp } from './encode-webp.js';
import { isOwnWebp } from './is-own-webp.js';
import { isWebp } from './riff.js';
import { walkWebp } from './walk-webp.js';

/** WebP, still and animated; written without loss. */
export const webpFormat: ImageFormatPlugin = {
  id: 'webp',
  title: 'WebP',
  extension: 'webp',
  sniff: isWebp,
  walk: walkWebp,
  decode: (bytes, limits) => decodeWithSharp(bytes, 'webp', limits),
  encode: encodeWebp,
  isOwn: isOwnWebp,
};
