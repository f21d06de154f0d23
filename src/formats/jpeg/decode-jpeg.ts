import type { DecodedImage } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { endOfPicture } from './end-of-picture.js';
import { readSegments, type Segment } from './segments.js';

const END_MARK = Uint8Array.of(0xff, 0xd9);
/** First and last coefficient of a scan, and its bits: all that a baseline scan may say (T.81, B.2.3). */
const WHOLE_BLOCKS = Uint8Array.of(0, 63, 0);

/**
 * A JPEG of any kind that libjpeg-turbo reads. Two faults of phones are mended in a copy first, because neither costs
 * a pixel: a baseline scan that names other coefficients than all of them, and a missing end mark, where no block is
 * missing. Every warning of the decoder about what is left refuses the photo.
 * @throws {ImageDeidError} as the contract says
 */
export function decodeJpeg(bytes: Uint8Array, limits: Limits): Promise<DecodedImage> {
  return decodeWithSharp(mended(bytes), 'jpeg', limits);
}

function mended(bytes: Uint8Array): Uint8Array {
  const segments = readSegments(bytes);
  const isBaseline = segments.some(({ name }) => name === 'SOF0');
  const odd = isBaseline ? segments.filter((segment) => isOdd(bytes, segment)) : [];
  const end =
    isBaseline && !segments.some(({ name }) => name === 'EOI') ? endOfPicture(bytes, segments) : undefined;
  if (odd.length === 0 && end === undefined) return bytes;
  const copy = end === undefined ? Uint8Array.from(bytes) : Buffer.concat([bytes.subarray(0, end), END_MARK]);
  for (const scan of odd) copy.set(WHOLE_BLOCKS, scan.offset + scan.length - WHOLE_BLOCKS.length);
  return copy;
}

/** Whether a scan header says something else than that a scan holds whole blocks. */
function isOdd(bytes: Uint8Array, { name, content, offset, length }: Segment): boolean {
  const end = offset + length;
  if (name !== 'SOS' || end - content < WHOLE_BLOCKS.length + 1) return false;
  return Buffer.compare(bytes.subarray(end - WHOLE_BLOCKS.length, end), WHOLE_BLOCKS) !== 0;
}
