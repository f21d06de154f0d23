import { asSharp } from '../../../imaging/as-sharp.js';
import type { PixelImage } from '../../../core/image.js';

/** Side of the picture that is transformed, in pixels. */
const SIDE = 32;
/** How many of its frequencies are used in each direction: the lowest, without the constant one. */
const FREQUENCIES = 8;
/** Bits of a hash. */
export const HASH_BITS = FREQUENCIES ** 2;

/** DCT-II of the frequencies 1 to 8, one row each, without scaling: only the order of the coefficients counts. */
const BASIS = Array.from({ length: FREQUENCIES }, (_, k) =>
  Float64Array.from({ length: SIDE }, (_, n) => Math.cos((Math.PI * (2 * n + 1) * (k + 1)) / (2 * SIDE))),
);

/**
 * pHash (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions", section 3.2.1): takes the
 * picture at 32 × 32 in grey, and tells which of the 64 lowest frequencies of its DCT, without the first row and
 * column, exceed their median. Zauner's mean filter is left out: the reduction in size does its work.
 * @param image three channels
 * @returns 64 values, row by row
 */
export async function perceptualHash(image: PixelImage): Promise<boolean[]> {
  const grey = await asSharp(image).greyscale().resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer();
  const coefficients = BASIS.flatMap((down) => BASIS.map((across) => coefficient(grey, down, across)));
  const sorted = [...coefficients].sort((a, b) => a - b);
  const median = ((sorted[HASH_BITS / 2 - 1] as number) + (sorted[HASH_BITS / 2] as number)) / 2;
  return coefficients.map((value) => value > median);
}

function coefficient(grey: Uint8Array, down: Float64Array, across: Float64Array): number {
  let sum = 0;
  for (let y = 0; y < SIDE; y++) {
    let row = 0;
    for (let x = 0; x < SIDE; x++) row += (grey[y * SIDE + x] as number) * (across[x] as number);
    sum += row * (down[y] as number);
  }
  return sum;
}

/** In how many bits two hashes of equal length differ. */
export function hammingDistance(a: readonly boolean[], b: readonly boolean[]): number {
  return a.filter((bit, i) => bit !== b[i]).length;
}
