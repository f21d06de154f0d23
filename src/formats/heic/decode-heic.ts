import { ImageDeidError } from '../../core/errors.js';
import type { DecodedImage, PixelImage } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import { saysAdobeRgb } from '../../metadata/index.js';
import { ADOBE_RGB, SRGB, spaceOfCodePoints, type ColourSpace } from '../colour/colour-space.js';
import { pngWithProfile } from '../colour/png-with-profile.js';
import { toSrgb } from '../colour/to-srgb.js';
import { colourOf } from '../isobmff/colour-of.js';
import { openStillImage, type StillImage } from '../isobmff/open-still-image.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { decodeInWorker, type RawImage } from './decode-in-worker.js';

/** Item types that the bundled libheif decodes: HEVC, and images made of other items. */
const CODECS = ['hvc1', 'hev1', 'grid', 'iovl', 'iden'];
/** An EXIF item begins with the offset of its TIFF header (ISO/IEC 23008-12, annex A.2.1). */
const EXIF_OFFSET = 4;

/**
 * The primary image of a HEIC or HEIF file as sRGB. It is turned as its "irot" and "imir" properties say; the EXIF
 * orientation only repeats them and is ignored (ISO/IEC 23008-12, annex A).
 * @throws {ImageDeidError} as the contract says, and unsupported-format for other codecs and unknown colours
 */
export async function decodeHeic(bytes: Uint8Array, limits: Limits): Promise<DecodedImage> {
  const image = openStillImage(bytes, limits);
  const type = image.items.items.get(image.items.primary ?? -1)?.type ?? '';
  if (!CODECS.includes(type)) {
    throw new ImageDeidError({ id: 'error/unsupported-format/not-hevc', values: {} }, 'decode');
  }
  const colour = colourOf(bytes, image);
  if (colour?.kind === 'icc') {
    const { width, height, channels, data } = await decode(bytes, limits, false);
    const wrapped = pngWithProfile({ width, height, channels, data }, colour.profile);
    return { ...(await decodeWithSharp(wrapped, 'png', limits)), format: 'heic' };
  }
  const space = colour ? spaceOfCodePoints(colour.primaries, colour.transfer) : spaceByExif(bytes, image);
  const raw = await decode(bytes, limits, space !== SRGB);
  const { width, height, channels } = raw;
  const samples = { data: numbersOf(raw), channels, most: 2 ** raw.bits - 1 };
  const pixels: PixelImage = { width, height, channels, data: toSrgb(samples, space) };
  return { format: 'heic', frames: [{ pixels }] };
}

async function decode(bytes: Uint8Array, limits: Limits, isDeep: boolean): Promise<RawImage> {
  const raw = await decodeInWorker(bytes, limits, isDeep);
  if (raw.premultiplied) unpremultiply(numbersOf(raw), 2 ** raw.bits - 1);
  return raw;
}

/** The worker's memory is little-endian, and so is that of every machine that Node runs on. */
function numbersOf({ data, bits }: RawImage): Uint8Array | Uint16Array {
  return bits > 8 ? new Uint16Array(data.buffer, data.byteOffset, data.length >> 1) : data;
}

function spaceByExif(bytes: Uint8Array, { items }: StillImage): ColourSpace {
  const blocks = [...items.items.values()].filter(({ type }) => type === 'Exif');
  const isAdobe = blocks
    .flatMap(({ extents }) => extents)
    .some(({ offset, length }) => saysAdobeRgb(bytes.subarray(offset + EXIF_OFFSET, offset + length)));
  return isAdobe ? ADOBE_RGB : SRGB;
}

/** Straight alpha from colours that were multiplied by it, in place; RGBA only. */
function unpremultiply(data: Uint8Array | Uint16Array, most: number): void {
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha === 0 || alpha === most) continue;
    for (let k = i; k < i + 3; k++)
      data[k] = Math.min(most, Math.round(((data[k] as number) * most) / alpha));
  }
}
