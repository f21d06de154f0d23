import { asSharp } from '../../imaging/as-sharp.js';
import { ImageDeidError } from '../../core/errors.js';
import type { DecodedImage } from '../../core/image.js';
import type { EncodeOptions } from '../contract.js';
import { withoutOpaqueAlpha } from '../opaque-alpha.js';
import { withOneThread } from './one-thread.js';

/** 0–9. Of eight clinical photos of half a megapixel, all together took 0.7 s at 0 and 2.5 s at 2; at 0 they were 9 % larger. */
const EFFORT = 0;

/**
 * One frame as a lossless AVIF with nothing but pixels. Lossless, because only pixels that come back unchanged can be
 * proven to be all that the file holds, and because lesions are told apart by their colours.
 * @throws {ImageDeidError} too-many-frames, timeout, encode-failed
 */
export async function encodeAvif(image: DecodedImage, options: EncodeOptions): Promise<Uint8Array> {
  const [frame, ...more] = withoutOpaqueAlpha(image).frames;
  if (!frame || more.length) {
    throw new ImageDeidError('too-many-frames', 'encode', 'An AVIF holds one frame; choose another format');
  }
  const seconds = Math.max(1, Math.ceil(options.limits.codecSeconds));
  try {
    return await withOneThread(() =>
      asSharp(frame.pixels)
        .timeout({ seconds })
        .avif({ lossless: true, effort: EFFORT, chromaSubsampling: '4:4:4' })
        .toBuffer(),
    );
  } catch (error) {
    const late = error instanceof Error && /timeout/i.test(error.message);
    if (late) throw new ImageDeidError('timeout', 'encode', `Writing the AVIF took longer than ${seconds} s`);
    throw new ImageDeidError('encode-failed', 'encode', 'The AVIF could not be written', { cause: error });
  }
}
