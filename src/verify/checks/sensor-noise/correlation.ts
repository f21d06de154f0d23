import { powerOfTwo, transform, type ComplexPlane } from './fourier.js';
import type { Plane } from './plane.js';

/** In cycles per pixel: below, what correlates is the scene; above, interpolation leaves nothing. */
const LEAST_FREQUENCY = 0.25;
const MOST_FREQUENCY = 0.5;
/** Half-side of the square around the peak that is no background, in pixels; that of Goljan, Fridrich and Filler (2009). */
const PEAK = 5;
/** How many times as far as the peak the background is measured. */
const BACKGROUND = 2;

/**
 * Peak-to-correlation energy (Goljan, Fridrich and Filler 2009) of two residuals: the square of the highest correlation over
 * shifts of up to `most` pixels, over the mean square of all others. Every frequency of the upper band counts the same
 * (phase correlation, Kuglin and Hines 1975), so that neither strong edges nor JPEG's block grid make a peak of their own.
 * Of unrelated residuals every correlation is normally distributed, and its square over the mean that of a standard normal.
 * @param a of one size with b; 0 where nothing is to be compared
 * @param most shifts searched in each direction, in pixels
 * @returns at least 0; 0 too when the highest correlation is not positive or a residual is empty
 */
export function peakToCorrelationEnergy(a: Plane, b: Plane, most: number): number {
  // Phases of nothing would be those of rounding errors.
  if (![a, b].every(({ data }) => data.some((value) => value !== 0))) return 0;
  const plane: ComplexPlane = {
    width: powerOfTwo(a.width),
    height: powerOfTwo(a.height),
    re: new Float64Array(powerOfTwo(a.width) * powerOfTwo(a.height)),
    im: new Float64Array(powerOfTwo(a.width) * powerOfTwo(a.height)),
  };
  const { width, re, im } = plane;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      // Two real planes in one transform; both spectra are told apart by their symmetry.
      re[y * width + x] = a.data[y * a.width + x] as number;
      im[y * width + x] = b.data[y * a.width + x] as number;
    }
  }
  transform(plane);
  const phases = crossPhases(plane);
  transform(phases, BACKGROUND * most);
  return energyOfPeak(phases, most);
}

/** The phase of A · conj(B) in the band, from the transform of a + ib. */
function crossPhases({ width, height, re, im }: ComplexPlane): ComplexPlane {
  const out = {
    width,
    height,
    re: new Float64Array(width * height),
    im: new Float64Array(width * height),
  };
  for (let y = 0; y < height; y++) {
    const fy = Math.min(y, height - y) / height;
    for (let x = 0; x < width; x++) {
      const fx = Math.min(x, width - x) / width;
      const frequency = Math.sqrt(fx * fx + fy * fy);
      if (frequency < LEAST_FREQUENCY || frequency > MOST_FREQUENCY) continue;
      const p = y * width + x;
      const q = ((height - y) % height) * width + ((width - x) % width);
      const pr = re[p] as number;
      const pi = im[p] as number;
      const qr = re[q] as number;
      const qi = im[q] as number;
      // A = (P + conj Q) / 2, B = (P − conj Q) / 2i; factors do not matter.
      const ar = pr + qr;
      const ai = pi - qi;
      const br = pi + qi;
      const bi = qr - pr;
      const cr = ar * br + ai * bi;
      const ci = ai * br - ar * bi;
      const size = Math.sqrt(cr * cr + ci * ci);
      if (size === 0) continue;
      out.re[p] = cr / size;
      out.im[p] = ci / size;
    }
  }
  return out;
}

function energyOfPeak({ width, height, re }: ComplexPlane, most: number): number {
  const at = (u: number, v: number) => re[((v + height) % height) * width + ((u + width) % width)] as number;
  let [best, bestX, bestY] = [0, 0, 0];
  for (let v = -most; v <= most; v++) {
    for (let u = -most; u <= most; u++) {
      if (at(u, v) > best) [best, bestX, bestY] = [at(u, v), u, v];
    }
  }
  // Shifts not far from there, at which as much of the two overlaps.
  const around = BACKGROUND * most;
  let energy = 0;
  let count = 0;
  for (let v = -around; v <= around; v++) {
    for (let u = -around; u <= around; u++) {
      if (Math.abs(u - bestX) <= PEAK && Math.abs(v - bestY) <= PEAK) continue;
      energy += at(u, v) ** 2;
      count++;
    }
  }
  return energy === 0 ? 0 : (best * best * count) / energy;
}
