import { asSharp } from '../../imaging/as-sharp.js';
import type { DecodedImage, Frame } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import type { EncodeOptions, ImageFormatPlugin } from '../contract.js';
import { withoutOpaqueAlpha } from '../opaque-alpha.js';
import { codecError, decodeWithSharp } from '../sharp-codec.js';
import { isGif } from './blocks.js';
import { walkGif } from './walk-gif.js';
import { writeGif } from './write-gif.js';

/** One colour fewer where something is transparent: "transparent" takes a place in the palette. */
const MOST_COLOURS = { opaque: 256, transparent: 255 } as const;

/** GIF, still and animated; every frame is written whole, in at most 256 colours, by our own writer. */
export const gifFormat: ImageFormatPlugin = {
  id: 'gif',
  title: 'GIF',
  extension: 'gif',
  sniff: isGif,
  walk: walkGif,
  decode: (bytes, limits) => decodeWithSharp(bytes, 'gif', limits),
  encode: encodeGif,
  isOwn: async (bytes, limits) => {
    const written = writeGif(await decodeWithSharp(bytes, 'gif', limits));
    return written.equals(bytes);
  },
};

async function encodeGif(image: DecodedImage, { limits }: EncodeOptions): Promise<Uint8Array> {
  const whole = withoutOpaqueAlpha(image).frames;
  const isOpaque = whole.every(({ pixels }) => pixels.channels === 3);
  const colours = MOST_COLOURS[isOpaque ? 'opaque' : 'transparent'];
  const frames: Frame[] = [];
  for (const frame of whole) frames.push(await inFewColours(frame, colours, limits));
  return writeGif({ ...image, frames });
}

/** The frame in a few colours, which libvips chooses. */
async function inFewColours({ pixels, delay }: Frame, colours: number, limits: Limits): Promise<Frame> {
  try {
    const reduced = await asSharp(pixels)
      .timeout({ seconds: Math.max(1, Math.ceil(limits.codecSeconds)) })
      .gif({ colours })
      .toBuffer();
    const [frame] = (await decodeWithSharp(reduced, 'gif', limits)).frames;
    if (!frame) throw new RangeError('Expected a frame');
    return { ...frame, ...(delay !== undefined && { delay }) };
  } catch (error) {
    throw codecError(error, 'encode', limits);
  }
}
