import { ImageDeidError } from '../../core/errors.js';
import type { DecodedImage, Frame, PixelImage } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import { saysAdobeRgb } from '../../metadata/index.js';
import { ADOBE_RGB } from '../colour/colour-space.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { readTiff, tagNumbers, viewOf, type TiffDirectory, type TiffFile } from './read-tiff.js';
import { refuseOddSamples } from './samples.js';
import { ICC_PROFILE, isNeededForPixels } from './tiff-tags.js';
import { subfileType } from './walk-tiff.js';

/** Photometric interpretations of camera raw data: a colour filter array, and linear raw (DNG 1.4). */
const RAW_PHOTOMETRICS = [32803, 34892];
const DNG_VERSION = 50706;

/**
 * Every full-size page of a TIFF, each in its own size. Smaller versions, masks and sub-images are not decoded:
 * they are findings of the walk and are not written again.
 * @throws {ImageDeidError} as the contract says, and unsupported-format for camera raw files
 */
export async function decodeTiff(bytes: Uint8Array, limits: Limits): Promise<DecodedImage> {
  const file = readTiff(bytes);
  if (!file.pagesWhole) {
    throw new ImageDeidError({ id: 'error/malformed/tiff-chain', values: {} }, 'decode');
  }
  const pages = fullPages(bytes, file);
  checkLimits(bytes, file, pages, limits);
  // libvips decodes one page at a time from a copy whose header points at that page and nothing else.
  const copy = Uint8Array.from(bytes);
  const frames: Frame[] = [];
  const isAdobeRgb = saysAdobeRgb(bytes);
  for (const page of pages) {
    refuseOddSamples(bytes, file, page);
    const hasProfile = page.entries.some(({ tag }) => tag === ICC_PROFILE);
    pointAt(copy, file, page);
    const decoded = await decodeWithSharp(
      copy,
      'tiff',
      limits,
      isAdobeRgb && !hasProfile ? ADOBE_RGB : undefined,
    );
    frames.push(...decoded.frames.map(({ pixels }) => ({ pixels })));
  }
  return { format: 'tiff', frames: withEqualChannels(frames) };
}

function fullPages(bytes: Uint8Array, file: TiffFile): readonly TiffDirectory[] {
  const all = file.directories.filter((d) => d.kind === 'page');
  const hasSubImages = file.directories.some((d) => d.kind === 'sub');
  const raw = file.directories.some(
    (d) =>
      d.entries.some((e) => e.tag === DNG_VERSION) ||
      RAW_PHOTOMETRICS.includes(tagNumbers(bytes, file, d, 262)[0] ?? -1),
  );
  const full = all.filter((d) => (subfileType(bytes, file, d) & 0b101) === 0);
  if (raw || (full.length === 0 && hasSubImages)) {
    throw new ImageDeidError({ id: 'error/unsupported-format/raw', values: {} }, 'decode');
  }
  const [only] = all;
  if (full.length === 0 && all.length === 1 && only) return [only];
  if (full.length === 0) {
    throw new ImageDeidError({ id: 'error/malformed/tiff-pages', values: {} }, 'decode');
  }
  return full;
}

function checkLimits(
  bytes: Uint8Array,
  file: TiffFile,
  pages: readonly TiffDirectory[],
  limits: Limits,
): void {
  if (pages.length > limits.maxFrames) {
    throw new ImageDeidError({ id: 'error/too-many-frames/pages', values: { most: limits.maxFrames, received: pages.length } }, 'decode'); // prettier-ignore
  }
  let pixels = 0;
  for (const page of pages) {
    const [width = 0] = tagNumbers(bytes, file, page, 256);
    const [height = 0] = tagNumbers(bytes, file, page, 257);
    if (!width || !height)
      throw new ImageDeidError({ id: 'error/malformed/tiff-size', values: {} }, 'decode');
    pixels += width * height;
  }
  if (pixels > limits.maxPixels) {
    throw new ImageDeidError({ id: 'error/too-many-pixels/counted', values: { most: limits.maxPixels, received: pixels } }, 'decode'); // prettier-ignore
  }
}

/**
 * Makes one directory the only one of the file, with only the entries that pixels need: the decoder then never meets a
 * fault in metadata, which must not refuse a photo.
 */
function pointAt(bytes: Uint8Array, file: TiffFile, page: TiffDirectory): void {
  const view = viewOf(bytes);
  const le = file.littleEndian;
  const needed = page.entries.filter((entry) => isNeededForPixels(entry.tag));
  const [countSize, entrySize] = file.big ? [8, 20] : [2, 12];
  let at = page.offset + countSize;
  for (const { offset } of needed) {
    bytes.copyWithin(at, offset, offset + entrySize);
    at += entrySize;
  }
  if (file.big) {
    view.setBigUint64(8, BigInt(page.offset), le);
    view.setBigUint64(page.offset, BigInt(needed.length), le);
    view.setBigUint64(at, 0n, le);
  } else {
    view.setUint32(4, page.offset, le);
    view.setUint16(page.offset, needed.length, le);
    view.setUint32(at, 0, le);
  }
}

/** Gives every page an opaque alpha channel when one page has alpha. */
function withEqualChannels(frames: readonly Frame[]): readonly Frame[] {
  if (new Set(frames.map((f) => f.pixels.channels)).size < 2) return frames;
  return frames.map((frame) => ({ ...frame, pixels: withAlpha(frame.pixels) }));
}

function withAlpha(pixels: PixelImage): PixelImage {
  if (pixels.channels === 4) return pixels;
  const data = new Uint8Array(pixels.width * pixels.height * 4).fill(255);
  for (let i = 0, j = 0; i < pixels.data.length; i += 3, j += 4) {
    data[j] = pixels.data[i] as number;
    data[j + 1] = pixels.data[i + 1] as number;
    data[j + 2] = pixels.data[i + 2] as number;
  }
  return { ...pixels, channels: 4, data };
}
