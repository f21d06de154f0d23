import { resized } from '../../imaging/resized.js';
import type { PixelImage } from '../../core/image.js';

/** Side of the network's input in pixels; the photo is squeezed into it, as in training. */
export const SIDE = 320;
/** The photo is first shrunk so that its longer side has SIDE pixels, and both are multiples of this. */
const STEP = 8;

/** @param image three channels @returns SIDE × SIDE × RGB, −1 to 1 */
export async function handInput(image: PixelImage): Promise<Float32Array> {
  const scale = SIDE / Math.max(image.width, image.height);
  const side = (length: number) => Math.max(STEP, Math.round((length * scale) / STEP) * STEP);
  return squeezed(await resized(image, side(image.width), side(image.height)));
}

/**
 * What the graph of HandTrack does first: resizes between the nearest pixels, so that every pixel's upper left corner
 * keeps its place (TensorFlow's ResizeBilinear without half_pixel_centers), and scales bytes to −1 to 1.
 */
export function squeezed({ width, height, data }: PixelImage): Float32Array {
  const wide = stretched(data, height, width, 3);
  const out = new Float32Array(stretched(wide, 1, height, SIDE * 3));
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / 127.5 - 1;
  return out;
}

/** Gives every line of `length` places SIDE of them; a place has so many numbers. */
function stretched(
  from: Uint8Array | Float32Array,
  lines: number,
  length: number,
  numbers: number,
): Uint8Array | Float32Array {
  if (length === SIDE) return from;
  const out = new Float32Array(lines * SIDE * numbers);
  for (let line = 0, at = 0; line < lines; line++) {
    for (let place = 0; place < SIDE; place++) {
      const exact = (place * length) / SIDE;
      const first = Math.floor(exact);
      const share = exact - first;
      const a = (line * length + first) * numbers;
      const b = (line * length + Math.min(length - 1, first + 1)) * numbers;
      for (let i = 0; i < numbers; i++, at++) {
        const value = from[a + i] as number;
        out[at] = value + ((from[b + i] as number) - value) * share;
      }
    }
  }
  return out;
}
