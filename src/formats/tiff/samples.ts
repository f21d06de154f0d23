import { ImageDeidError } from '../../core/errors.js';
import { tagNumbers, type TiffDirectory, type TiffFile } from './read-tiff.js';

const [BITS, PHOTOMETRIC, SAMPLE_FORMAT, INK_SET] = [258, 262, 339, 332];
const KINDS = ['other', 'whole', 'signed', 'float', 'whole'] as const;
/** WhiteIsZero, BlackIsZero, RGB, palette, CMYK, YCbCr, CIE L*a*b*. */
const COLOURS = [0, 1, 2, 3, 5, 6, 8];
const [SEPARATED, IS_CMYK] = [5, 1];

/**
 * Refuses a page whose numbers have no agreed meaning, which libvips would show all the same: fractions may be linear
 * or not and end at 1, 255 or anywhere, and some interpretations are read as if they were RGB.
 * @throws {ImageDeidError} unsupported-format
 */
export function refuseOddSamples(bytes: Uint8Array, file: TiffFile, page: TiffDirectory): void {
  const numbers = (tag: number) => tagNumbers(bytes, file, page, tag);
  const [photometric = 1] = numbers(PHOTOMETRIC);
  if (!COLOURS.includes(photometric) || (photometric === SEPARATED && (numbers(INK_SET)[0] ?? IS_CMYK) !== IS_CMYK)) {
    throw new ImageDeidError({ id: 'error/unsupported-format/tiff-colours', values: { photometric } }, 'decode');
  } // prettier-ignore
  const [bits = 1] = numbers(BITS);
  const [format = 1] = numbers(SAMPLE_FORMAT);
  const kind = KINDS[format] ?? 'other';
  if (kind !== 'whole' || ![1, 2, 4, 8, 16].includes(bits)) {
    throw new ImageDeidError({ id: 'error/unsupported-format/tiff-samples', values: { bits, kind } }, 'decode');
  } // prettier-ignore
}
