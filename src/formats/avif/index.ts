import type { DecodedImage } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import type { ImageFormatPlugin } from '../contract.js';
import { spaceOfCodePoints } from '../colour/colour-space.js';
import { readBrands } from '../isobmff/boxes.js';
import { colourOf } from '../isobmff/colour-of.js';
import { openStillImage } from '../isobmff/open-still-image.js';
import { walkBoxes } from '../isobmff/walk-boxes.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { encodeAvif } from './encode-avif.js';
import { AVIF_ALLOW_LIST } from './allow-list.js';

/** AVIF still images; sequences are refused, because only their first frame would be seen. */
export const avifFormat: ImageFormatPlugin = {
  id: 'avif',
  title: 'AVIF',
  extension: 'avif',
  sniff: (bytes) => readBrands(bytes).some((brand) => brand === 'avif' || brand === 'avis'),
  walk: (bytes) => walkBoxes(bytes, AVIF_ALLOW_LIST),
  decode: decodeAvif,
  encode: encodeAvif,
  isOwn: async (bytes, limits) =>
    Buffer.compare(bytes, await encodeAvif(await decodeAvif(bytes, limits), { limits })) === 0,
};

async function decodeAvif(bytes: Uint8Array, limits: Limits): Promise<DecodedImage> {
  const colour = colourOf(bytes, openStillImage(bytes, limits));
  const stated = colour?.kind === 'nclx' ? spaceOfCodePoints(colour.primaries, colour.transfer) : undefined;
  return decodeWithSharp(bytes, 'avif', limits, stated);
}
