import { ImageDeidError } from '../../core/errors.js';
import type { DecodedImage, PixelImage } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import { openStillImage } from '../isobmff/open-still-image.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { codePointsToSrgb } from './code-points-to-srgb.js';
import { colourOf } from './colour-of.js';
import { decodeInWorker, type RawImage } from './decode-in-worker.js';
import { pngWithProfile } from './png-with-profile.js';

/** Item types that the bundled libheif decodes: HEVC, and images made of other items. */
const CODECS = ['hvc1', 'hev1', 'grid', 'iovl', 'iden'];

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
  const raw = await decodeInWorker(bytes, limits);
  if (raw.premultiplied) unpremultiply(raw);
  const { width, height, channels, data } = raw;
  const pixels: PixelImage = { width, height, channels, data };
  const colour = colourOf(bytes, image);
  if (colour.kind === 'nclx') {
    codePointsToSrgb(data, channels, colour.primaries, colour.transfer);
    return { format: 'heic', frames: [{ pixels }] };
  }
  const managed = await decodeWithSharp(pngWithProfile(pixels, colour.profile), 'png', limits);
  return { format: 'heic', frames: managed.frames };
}

/** Straight alpha from colours that were multiplied by it, in place; RGBA only. */
function unpremultiply({ data }: RawImage): void {
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha === 0 || alpha === 255) continue;
    for (let k = i; k < i + 3; k++) data[k] = Math.min(255, Math.round(((data[k] as number) * 255) / alpha));
  }
}
