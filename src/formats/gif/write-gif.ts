import { ImageDeidError } from '../../core/errors.js';
import type { DecodedImage, PixelImage } from '../../core/image.js';
import { lzwData } from './lzw.js';

const MOST_COLOURS = 256;
/** Stands for a fully transparent pixel, whatever colour it has. */
const TRANSPARENT = -1;

/**
 * A GIF89a of frames that have at most 256 colours each: every frame whole, with its own colours sorted by value, and
 * nothing else but times and the number of rounds. Reading it and writing it again gives the same bytes.
 * @throws {ImageDeidError} encode-failed, when a frame has more colours or another size
 */
export function writeGif({ frames, loop }: DecodedImage): Buffer {
  const [first] = frames.map(({ pixels }) => pixels);
  if (!first || frames.some(({ pixels }) => pixels.width !== first.width || pixels.height !== first.height)) {
    throw new ImageDeidError({ id: 'error/encode-failed/gif-sizes', values: {} }, 'encode');
  }
  const isAnimated = frames.length > 1;
  // If any frame has transparent pixels, all get the empty colour: else backgrounds would show through later frames.
  const hasEmpty = frames.some(({ pixels }) => isEmptySomewhere(pixels));
  const head = Buffer.alloc(13);
  head.write('GIF89a', 'latin1');
  head.writeUInt16LE(first.width, 6);
  head.writeUInt16LE(first.height, 8);
  return Buffer.concat([
    head,
    ...(isAnimated ? loopBlock(loop ?? 0) : []),
    ...frames.flatMap(({ pixels, delay }) =>
      frameBlocks(pixels, isAnimated ? Math.round((delay ?? 100) / 10) : 0, hasEmpty),
    ),
    Buffer.from([0x3b]),
  ]);
}

/** @param rounds 0 for ever; a GIF without this block plays once. The block itself counts repetitions: rounds − 1 */
function loopBlock(rounds: number): Buffer[] {
  if (rounds === 1) return [];
  const block = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1');
  block.writeUInt16LE(Math.min(Math.max(0, rounds - 1), 0xffff), 16);
  return [block];
}

function isEmptySomewhere({ channels, data }: PixelImage): boolean {
  if (channels === 3) return false;
  for (let i = 3; i < data.length; i += 4) if (data[i] === 0) return true;
  return false;
}

function frameBlocks(pixels: PixelImage, hundredths: number, hasEmpty: boolean): Buffer[] {
  const { palette, numbers } = indexed(pixels, hasEmpty);
  const bits = Math.max(1, Math.ceil(Math.log2(palette.length)));
  const control = Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0]);
  // Disposal 2: where the next frame is transparent, the background shows and not this frame.
  control[3] = (2 << 2) | Number(hasEmpty);
  control.writeUInt16LE(Math.min(hundredths, 0xffff), 4);
  const descriptor = Buffer.alloc(10);
  descriptor[0] = 0x2c;
  descriptor.writeUInt16LE(pixels.width, 5);
  descriptor.writeUInt16LE(pixels.height, 7);
  descriptor[9] = 0x80 | (bits - 1);
  const colours = Buffer.alloc(3 * 2 ** bits);
  palette.forEach((colour, i) => colours.writeUIntBE(Math.max(0, colour), i * 3, 3));
  return [control, descriptor, colours, lzwData(numbers, bits)];
}

/** Every pixel as the number of its colour; the empty one is the first. */
function indexed({ width, height, channels, data }: PixelImage, hasEmpty: boolean) {
  const colours = new Int32Array(width * height);
  for (let i = 0, at = 0; i < colours.length; i++, at += channels) {
    const hidden = channels === 4 && data[at + 3] === 0;
    const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    colours[i] = hidden ? TRANSPARENT : (r << 16) | (g << 8) | b;
  }
  const palette = Int32Array.from(new Set([...(hasEmpty ? [TRANSPARENT] : []), ...new Set(colours)])).sort();
  if (palette.length > MOST_COLOURS) {
    throw new ImageDeidError(
      { id: 'error/encode-failed/gif-colours', values: { most: MOST_COLOURS } },
      'encode',
    );
  }
  const numberOf = new Map([...palette].map((colour, i) => [colour, i]));
  return {
    palette: [...palette],
    numbers: Uint8Array.from(colours, (colour) => numberOf.get(colour) as number),
  };
}
