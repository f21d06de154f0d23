import sharp, { type Metadata, type Sharp } from 'sharp';
import { ImageDeidError, type ErrorFinding } from '../core/errors.js';
import type { DecodedImage, Frame, ImageFormat, PixelImage } from '../core/image.js';
import type { Limits } from '../core/limits.js';
import type { ColourSpace } from './colour/colour-space.js';
import { managedPixels } from './colour/managed-pixels.js';
import { dropOpaqueAlpha } from './opaque-alpha.js';

// No operation is ever repeated on the same pixels, so libvips would cache them for nothing.
sharp.cache(false);

/** Formats whose frames libvips reads as one tall image. */
const ANIMATED: readonly ImageFormat[] = ['gif', 'webp'];

/**
 * Every frame of an image that libvips can read, as upright 8-bit sRGB: orientation applied, colours and CMYK
 * converted, grey spread over three channels, 16 bits reduced. An alpha channel that hides nothing is dropped.
 * Warnings of the decoder are errors: half a photo is not a photo.
 * @param stated what the container says of the colours, where it says more than an ICC profile or EXIF
 * @throws {ImageDeidError} truncated, decode-failed, too-many-pixels, too-many-frames, unsupported-format, timeout
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  format: ImageFormat,
  limits: Limits,
  stated?: ColourSpace,
): Promise<DecodedImage> {
  const open = (options: { readonly ignoreIcc: boolean }): Sharp =>
    sharp(bytes, {
      ...options,
      failOn: 'warning',
      limitInputPixels: limits.maxPixels,
      ...(ANIMATED.includes(format) && { pages: -1 }),
    }).timeout({ seconds: Math.max(1, Math.ceil(limits.codecSeconds)) });
  try {
    const metadata = await open({ ignoreIcc: false }).metadata();
    const pages = checkSize(metadata, limits);
    const pixels = await managedPixels({
      open: (options) => (pages > 1 ? open(options) : open(options).autoOrient()),
      metadata,
      stated,
      usesWholeRange: format === 'png' || format === 'tiff',
    });
    const frames = cutFrames(dropOpaqueAlpha(pixels), pages, metadata.delay);
    return { format, frames, ...(pages > 1 && { loop: metadata.loop ?? 0 }) };
  } catch (error) {
    throw codecError(error, 'decode', limits);
  }
}

/** Turns what sharp throws into a typed error; its own message stays in `cause`. */
export function codecError(error: unknown, stage: 'decode' | 'encode', limits: Limits): ImageDeidError {
  if (error instanceof ImageDeidError) return error;
  const message = error instanceof Error ? error.message : '';
  const fail = (finding: ErrorFinding) => new ImageDeidError(finding, stage, { cause: error });
  if (/timeout/i.test(message)) {
    return fail({ id: `error/timeout/${stage}`, values: { seconds: limits.codecSeconds } });
  }
  if (stage === 'encode') return fail({ id: 'error/encode-failed/image', values: {} });
  if (/exceeds pixel limit/i.test(message)) {
    return fail({ id: 'error/too-many-pixels/more', values: { most: limits.maxPixels } });
  }
  if (/premature|truncat|unexpected end|end of (file|stream|data)|read error/i.test(message)) {
    return fail({ id: 'error/truncated/pixels', values: {} });
  }
  return fail({ id: 'error/decode-failed/image', values: {} });
}

/** The number of frames; throws when there are too many or they are too big. */
function checkSize(metadata: Metadata, limits: Limits): number {
  const pages = metadata.pages ?? 1;
  if (pages > limits.maxFrames) {
    throw new ImageDeidError(
      { id: 'error/too-many-frames/frames', values: { most: limits.maxFrames, received: pages } },
      'decode',
    );
  }
  const pixels = metadata.width * (metadata.pageHeight ?? metadata.height) * pages;
  if (pixels > limits.maxPixels) {
    throw new ImageDeidError(
      { id: 'error/too-many-pixels/counted', values: { most: limits.maxPixels, received: pixels } },
      'decode',
    );
  }
  if (pages > 1 && (metadata.orientation ?? 1) !== 1) {
    throw new ImageDeidError({ id: 'error/unsupported-format/turned-animation', values: {} }, 'decode');
  }
  return pages;
}

function cutFrames(tall: PixelImage, pages: number, delays: readonly number[] | undefined): Frame[] {
  if (pages === 1) return [{ pixels: tall }];
  const height = tall.height / pages;
  const size = tall.width * height * tall.channels;
  return Array.from({ length: pages }, (_, i) => ({
    pixels: { ...tall, height, data: tall.data.subarray(i * size, (i + 1) * size) },
    delay: delays?.[i] ?? 100,
  }));
}
