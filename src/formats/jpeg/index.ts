import { asSharp } from '../../imaging/as-sharp.js';
import type { DecodedImage } from '../../core/image.js';
import type { EncodeOptions, ImageFormatPlugin } from '../contract.js';
import { codecError } from '../sharp-codec.js';
import { onlyFrame } from '../still-frame.js';
import { decodeJpeg } from './decode-jpeg.js';
import { isOwnJpeg } from './is-own-jpeg.js';
import { walkJpeg } from './walk-jpeg.js';

/** Visually lossless; ΔE2000 outside redactions is measured in docs/EVALUATION.md. */
const QUALITY = 95;

/** JPEG of every kind that libjpeg-turbo reads; written baseline, 4:4:4, with the standard tables of annex K. */
export const jpegFormat: ImageFormatPlugin = {
  id: 'jpeg',
  title: 'JPEG',
  extension: 'jpg',
  sniff: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  walk: walkJpeg,
  decode: decodeJpeg,
  encode: encodeJpeg,
  isOwn: async (bytes, limits) => isOwnJpeg(bytes, await encodeJpeg(GREY, { limits })),
};

/** Written to see how the encoder is set; any picture would do. */
const GREY: DecodedImage = {
  format: 'jpeg',
  frames: [{ pixels: { width: 8, height: 8, channels: 3, data: new Uint8Array(8 * 8 * 3).fill(128) } }],
};

async function encodeJpeg(image: DecodedImage, { limits }: EncodeOptions): Promise<Uint8Array> {
  const frame = onlyFrame(image, 'JPEG');
  try {
    return await asSharp(frame)
      // A JPEG has no transparency; white is what a page would show.
      .flatten({ background: '#ffffff' })
      .timeout({ seconds: Math.max(1, Math.ceil(limits.codecSeconds)) })
      .jpeg({
        quality: QUALITY,
        chromaSubsampling: '4:4:4',
        progressive: false,
        mozjpeg: false,
        optimiseCoding: true,
        trellisQuantisation: false,
        overshootDeringing: false,
        quantisationTable: 0,
      })
      .toBuffer();
  } catch (error) {
    throw codecError(error, 'encode', limits);
  }
}
