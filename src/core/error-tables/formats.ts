import * as z from 'zod/mini';
import { count, listOf } from '../finding.js';
import { number, plainly, says, text, type ToldTable } from './table.js';

const seconds = z.strictObject({ seconds: number });
const mostOf = z.strictObject({ most: number, received: number });

/** How a TIFF says what its samples are. */
const SAMPLE_KINDS: Readonly<Record<string, string>> = {
  whole: 'whole numbers',
  signed: 'signed numbers',
  float: 'fractions (floating point)',
  other: 'something unknown',
};

/** Reading and writing the formats of photos. */
export const FORMAT_ERRORS = {
  'error/internal/no-format': says(z.strictObject({ id: text }), ({ id }) => `There is no format "${id}"`),
  'error/unsupported-format/known': says(
    z.strictObject({ format: text, expected: listOf(text) }),
    ({ format, expected }) => `${format} files are not supported; expected ${expected.join(', ')}`,
  ),
  'error/not-an-image/unknown': plainly('The file is not an image of a known format'),
  'error/decode-failed/channels': says(
    z.strictObject({ channels: number }),
    ({ channels }) => `Expected 3 or 4 channels but received ${channels}`,
  ),
  'error/timeout/decode': says(seconds, ({ seconds }) => `The image took longer than ${seconds} s to decode`),
  'error/timeout/encode': says(seconds, ({ seconds }) => `The image took longer than ${seconds} s to encode`),
  'error/encode-failed/image': plainly('The image could not be written'),
  'error/too-many-pixels/more': says(
    z.strictObject({ most: number }),
    ({ most }) =>
      `The image has more than ${most} pixels; shrink it to half its width and height, or let the camera take smaller photos (12 or 50 megapixels instead of 200)`,
  ),
  'error/truncated/pixels': plainly('The image ends before all of its pixels'),
  'error/decode-failed/image': plainly(
    'The image could not be decoded; it may be damaged or of an unusual kind',
  ),
  'error/too-many-frames/frames': says(
    mostOf,
    ({ most, received }) => `Expected at most ${most} frames but received ${received}`,
  ),
  'error/too-many-frames/pages': says(
    mostOf,
    ({ most, received }) => `Expected at most ${most} pages but received ${received}`,
  ),
  'error/too-many-pixels/counted': says(
    mostOf,
    ({ most, received }) =>
      `Expected at most ${most} pixels but received ${received}; shrink the photo to half its width and height, or let the camera take smaller ones (12 or 50 megapixels instead of 200)`,
  ),
  'error/unsupported-format/turned-animation': plainly('An animation that must be turned is not supported'),
  'error/too-many-frames/one-frame': says(
    z.strictObject({ title: text, received: count }),
    ({ title, received }) =>
      `Expected one frame for a ${title} file but received ${received}; choose --format tiff, gif or webp`,
  ),
  'error/too-many-frames/avif': plainly('An AVIF holds one frame; choose another format'),
  'error/timeout/avif': says(seconds, ({ seconds }) => `Writing the AVIF took longer than ${seconds} s`),
  'error/encode-failed/avif': plainly('The AVIF could not be written'),
  'error/encode-failed/gif-sizes': plainly('A GIF holds frames of one size'),
  'error/encode-failed/gif-colours': says(
    z.strictObject({ most: number }),
    ({ most }) => `A frame of a GIF holds at most ${most} colours`,
  ),
  'error/unsupported-format/colour-space': plainly(
    'The colour space of the image is not supported; export the photo in sRGB or Display P3',
  ),
  'error/unsupported-format/hdr-brightness': says(
    z.strictObject({ percent: count }),
    ({ percent }) =>
      `${percent} % of the photo is high dynamic range, brighter than any ordinary screen shows, and would be lost; export it as SDR, in sRGB or Display P3`,
  ),
  'error/unsupported-format/few-bits': says(
    z.strictObject({ largest: count }),
    ({ largest }) =>
      `The image has 16 bits per sample, but its largest value is ${largest} of 65535: it was probably written with fewer bits (12 bits end at 4095) and would show nearly black; save it with 8 bits, or stretched to all 16`,
  ),
  'error/unsupported-format/tiff-samples': says(
    z.strictObject({ bits: count, kind: text }),
    ({ bits, kind }) =>
      `The TIFF stores its samples in ${bits} bits as ${SAMPLE_KINDS[kind] ?? kind}, and what of them is white is not agreed; save it with 8 or 16 bits as whole numbers`,
  ),
  'error/unsupported-format/tiff-colours': says(
    z.strictObject({ photometric: count }),
    ({ photometric }) =>
      `The colours of the TIFF (photometric interpretation ${photometric}) are not supported; save it as RGB`,
  ),
  'error/unsupported-format/not-hevc': plainly('The image is not coded with HEVC'),
  'error/timeout/heic': says(seconds, ({ seconds }) => `Decoding the HEIC took longer than ${seconds} s`),
  'error/decode-failed/heic-stopped': plainly('The HEIC decoder stopped'),
  'error/too-many-pixels/heic': plainly(
    'The HEIC is larger than the limit; let the camera take smaller photos',
  ),
  'error/malformed/heic': plainly('The HEIC decoder could not read the file'),
  'error/decode-failed/heic': plainly('The HEIC decoder could not decode the image'),
  'error/truncated/box': plainly('The file ends inside a box'),
  'error/too-many-frames/sequence': plainly('Image sequences are not supported in this format'),
  'error/malformed/no-primary': plainly('The file has no readable primary image'),
  'error/malformed/primary-absent': plainly('The primary image is not in the file'),
  'error/malformed/primary-size': plainly('The primary image has no size'),
  'error/truncated/extent': plainly('The data of an image lies beyond the end of the file'),
  'error/malformed/image-size': plainly('An image of the file has no size'),
  'error/unsupported-format/apng': plainly(
    'Animated PNG files (APNG) are not supported; save the photo as a still PNG, or the animation as GIF or WebP',
  ),
  'error/malformed/tiff-chain': plainly('The chain of pages of the TIFF is damaged'),
  'error/unsupported-format/raw': plainly('Camera raw files (DNG and the like) are not supported'),
  'error/malformed/tiff-pages': plainly('The TIFF holds no full-size page'),
  'error/malformed/tiff-size': plainly('A page of the TIFF has no size'),
  'error/encode-failed/tiff-size': plainly('The TIFF would exceed 4 GiB'),
  'error/timeout/tiff': says(seconds, ({ seconds }) => `Writing the TIFF took longer than ${seconds} s`),
  'error/encode-failed/webp': plainly('The WebP encoder gave no lossless image'),
  'error/usage/not-written': says(
    z.strictObject({ format: text }),
    ({ format }) => `${format} files cannot be written; choose another --format`,
  ),
} as const satisfies ToldTable;
