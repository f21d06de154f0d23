import sharp, { type Metadata, type Sharp } from 'sharp';
import { ImageDeidError } from '../../core/errors.js';
import type { PixelImage } from '../../core/image.js';
import { saysAdobeRgb } from '../../metadata/index.js';
import { ADOBE_RGB, DISPLAY_P3, SRGB, type ColourSpace } from './colour-space.js';
import { pngWithProfile } from './png-with-profile.js';
import { toSrgb } from './to-srgb.js';

/** An image that sharp can read, and how. */
export interface SharpSource {
  /** Opens it anew, upright, with the codec's time limit. */
  readonly open: (options: { readonly ignoreIcc: boolean }) => Sharp;
  readonly metadata: Metadata;
  /** What the container says that the numbers mean; wins over an ICC profile and over EXIF. */
  readonly stated?: ColourSpace | undefined;
  /** Whether white has to be the largest number that the depth allows: TIFF and PNG. */
  readonly usesWholeRange: boolean;
}

/** 16-bit numbers that all end below a quarter of the range are darker than any photo: they have 14 bits or fewer. */
const FEWER_BITS = 0x3fff;
/** A profile may mean light that is not compressed for the eye, of which a sixteenth is still a dark photo. */
const FEWER_BITS_WITH_PROFILE = 0x0fff;

/**
 * 8-bit sRGB of an image: what its container states, else its ICC profile, else Adobe RGB by EXIF, else sRGB. Numbers
 * of 16 bits stay so until they are converted.
 * @throws {ImageDeidError} unsupported-format, decode-failed; and what sharp throws
 */
export async function managedPixels(source: SharpSource): Promise<PixelImage> {
  const { open, metadata } = source;
  const space = source.stated ?? spaceBesideProfile(metadata);
  const isDeep = metadata.depth === 'ushort' && /^(rgb|grey)16$/.test(metadata.space);
  const ignoreIcc = space !== undefined;
  if (!isDeep && (space === undefined || space === SRGB)) {
    return pixelsOf(await open({ ignoreIcc }).toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })); // prettier-ignore
  }
  const { data, info } = await open({ ignoreIcc })
    .toColourspace(isDeep ? 'rgb16' : 'srgb')
    .raw({ depth: isDeep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (!isDeep) {
    const pixels = pixelsOf({ data, info });
    return { ...pixels, data: toSrgb({ ...pixels, most: 255 }, space ?? SRGB) };
  }
  const channels = channelsOf(info.channels);
  const numbers = new Uint16Array(data.buffer, data.byteOffset, data.length >> 1);
  const isLight = space === undefined || space.transfer === 'linear';
  if (source.usesWholeRange) {
    refuseFewBits(numbers, channels, isLight ? FEWER_BITS_WITH_PROFILE : FEWER_BITS);
  }
  if (space === undefined && metadata.space === 'grey16') return greyByProfile(source);
  const meaning = space ?? ((await isProfileUsed(metadata.icc)) ? DISPLAY_P3 : SRGB);
  return {
    width: info.width,
    height: info.height,
    channels,
    data: toSrgb({ data: numbers, channels, most: largestNumber(metadata) }, meaning),
  };
}

/** libvips moves the 10 or 12 bits of an AVIF to the top of 16. */
function largestNumber({ format, bitsPerSample: bits }: Metadata): number {
  return format === 'heif' && bits !== undefined ? (2 ** bits - 1) << (16 - bits) : 0xffff;
}

/** Without a profile: Adobe RGB where EXIF alone says so, as cameras write it, else sRGB. */
function spaceBesideProfile({ hasProfile, exif, space }: Metadata): ColourSpace | undefined {
  if (hasProfile) return undefined;
  return exif && space !== 'cmyk' && saysAdobeRgb(exif) ? ADOBE_RGB : SRGB;
}

/** sharp converts no 16-bit grey by its profile: 8 bits are enough for an eye. */
async function greyByProfile({ open, metadata }: SharpSource): Promise<PixelImage> {
  const { data, info } = await open({ ignoreIcc: true })
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const numbers = { width: info.width, height: info.height, channels: info.channels as 1 | 2, data };
  const managed = sharp(pngWithProfile(numbers, metadata.icc as Buffer), { limitInputPixels: false });
  return pixelsOf(await managed.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })); // prettier-ignore
}

/**
 * sharp turns 16-bit numbers into Display P3 by their profile, and ignores a profile that it cannot use without a
 * word. A profile changes some colour either for 8 bits, which become sRGB, or for 16.
 */
async function isProfileUsed(profile: Uint8Array | undefined): Promise<boolean> {
  if (!profile) return false;
  const data = Uint8Array.from({ length: 24 }, (_, i) => (i * 41) % 256);
  for (const bits of [8, 16] as const) {
    const probe = { width: bits === 8 ? 8 : 4, height: 1, channels: 3, data } as const;
    const seen = sharp(pngWithProfile(probe, profile, bits)).toColourspace(bits === 8 ? 'srgb' : 'rgb16');
    const plain = sharp(pngWithProfile(probe, profile, bits), { ignoreIcc: true });
    const raw = (image: Sharp) => image.raw({ depth: bits === 8 ? 'uchar' : 'ushort' }).toBuffer();
    const untouched = bits === 8 ? plain : plain.toColourspace('rgb16');
    if (Buffer.compare(await raw(seen), await raw(untouched)) !== 0) return true;
  }
  return false;
}

function refuseFewBits(numbers: Uint16Array, channels: 3 | 4, most: number): void {
  let largest = 0;
  for (let i = 0; i < numbers.length; i += channels) {
    for (let k = i; k < i + 3; k++) largest = Math.max(largest, numbers[k] as number);
    if (largest > most) return;
  }
  if (largest === 0) return;
  throw new ImageDeidError({ id: 'error/unsupported-format/few-bits', values: { largest } }, 'decode');
}

function channelsOf(channels: number): 3 | 4 {
  if (channels === 3 || channels === 4) return channels;
  throw new ImageDeidError({ id: 'error/decode-failed/channels', values: { channels } }, 'decode');
}

function pixelsOf({ data, info }: { data: Buffer; info: { width: number; height: number; channels: number } }): PixelImage {
  return { width: info.width, height: info.height, channels: channelsOf(info.channels), data };
} // prettier-ignore
