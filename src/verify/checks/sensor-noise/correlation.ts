import { lineTransform, transformOfPair, type ComplexPlane, type LineTransform } from './fourier.js';
import type { Plane } from './plane.js';

/** In cycles per pixel: below this band, what correlates is the scene; above it, interpolation leaves nothing. */
const LEAST_FREQUENCY = 0.25;
const MOST_FREQUENCY = 0.5;
/** Half-side, in pixels, of the square around the peak that is not background: Goljan, Fridrich and Filler (2009). */
const PEAK = 5;
/** The background is measured over shifts this many times as long as those searched for the peak. */
const BACKGROUND = 2;

/**
 * Peak-to-correlation energy (Goljan, Fridrich and Filler 2009) of two residuals: the square of the highest correlation
 * over shifts of up to `most` pixels, divided by the mean square of all others. Every frequency of the upper band
 * counts the same (phase correlation, Kuglin and Hines 1975), so that neither strong edges nor JPEG's block grid make a
 * peak of their own. The correlations of unrelated residuals are normally distributed, so that each one's square,
 * divided by the mean square, is distributed as the square of a standard normal.
 * @param a of the same size as b; 0 where nothing is to be compared
 * @param most largest shift searched in each direction, in pixels
 * @returns at least 0; also 0 when the highest correlation is not positive or a residual is empty
 */
export function peakToCorrelationEnergy(a: Plane, b: Plane, most: number): number {
  // An empty plane has no phases: they would be those of rounding errors.
  if (isEmpty(a) || isEmpty(b)) return 0;
  return energyOfPeak(correlations(transformOfPair(a, b), BACKGROUND * most), most);
}

function isEmpty({ data }: Plane): boolean {
  for (const value of data) if (value !== 0) return false;
  return true;
}

/** One correlation for each shift of up to `across` and `down` pixels to either side, row by row; not scaled. */
interface Correlations {
  readonly across: number;
  readonly down: number;
  readonly data: Float64Array;
}

/**
 * The transform of the phases of A · conj(B) in the band, at shifts of up to `most` pixels and half a side. It is real,
 * because the planes are: the lower half of the phases mirrors the upper one.
 */
function correlations(spectrum: ComplexPlane, most: number): Correlations {
  const { width, height } = spectrum;
  // Beyond half a side the same shifts come round again.
  const [across, down] = [Math.min(most, width >> 1), Math.min(most, height >> 1)];
  const side = 2 * across + 1;
  const rows = (height >> 1) + 1;
  const [re, im] = [new Float64Array(rows * side), new Float64Array(rows * side)];
  const [lineRe, lineIm] = [new Float64Array(width), new Float64Array(width)];
  const row = lineTransform(width);
  for (let y = 0; y < rows; y++) {
    crossPhases(spectrum, y, row, lineRe, lineIm);
    row.run(lineRe, lineIm);
    for (let u = 0; u < side; u++) {
      // Sides are powers of two: this is the remainder, even of a negative number.
      const x = (u - across) & (width - 1);
      re[y * side + u] = lineRe[x] as number;
      im[y * side + u] = lineIm[x] as number;
    }
  }
  return { across, down, data: downwards(re, im, { across, down, height }) };
}

/** The phases of one row, each where the transform expects it, from the transform of a + ib. */
function crossPhases(
  { width, height, re, im }: ComplexPlane,
  y: number,
  { place }: LineTransform,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  outRe.fill(0);
  outIm.fill(0);
  const upper = y * width;
  const lower = ((height - y) % height) * width;
  const fy = y / height;
  for (let x = 0; x < width; x++) {
    const fx = Math.min(x, width - x) / width;
    const squared = fx * fx + fy * fy;
    if (squared < LEAST_FREQUENCY ** 2 || squared > MOST_FREQUENCY ** 2) continue;
    const p = upper + x;
    const q = lower + ((width - x) & (width - 1));
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
    const to = place[x] as number;
    outRe[to] = cr / size;
    outIm[to] = ci / size;
  }
}

/** Transforms the columns of the upper half, which the other half mirrors; only for short shifts. */
function downwards(
  re: Float64Array,
  im: Float64Array,
  { across, down, height }: { readonly across: number; readonly down: number; readonly height: number },
): Float64Array {
  const side = 2 * across + 1;
  const out = new Float64Array(side * (2 * down + 1));
  for (let y = 0; 2 * y <= height; y++) {
    const weight = y === 0 || 2 * y === height ? 1 : 2;
    for (let v = 0; v <= down; v++) {
      const angle = (2 * Math.PI * ((y * v) % height)) / height;
      const [cos, sin] = [weight * Math.cos(angle), weight * Math.sin(angle)];
      const [above, below] = [(down - v) * side, (down + v) * side];
      for (let u = 0; u < side; u++) {
        const even = (re[y * side + u] as number) * cos;
        const odd = (im[y * side + u] as number) * sin;
        out[below + u] = (out[below + u] as number) + even + odd;
        if (v > 0) out[above + u] = (out[above + u] as number) + even - odd;
      }
    }
  }
  return out;
}

function energyOfPeak({ across, down, data }: Correlations, most: number): number {
  const at = (u: number, v: number) => data[(v + down) * (2 * across + 1) + u + across] as number;
  const [mostU, mostV] = [Math.min(most, across), Math.min(most, down)];
  let [best, bestU, bestV] = [0, 0, 0];
  for (let v = -mostV; v <= mostV; v++) {
    for (let u = -mostU; u <= mostU; u++) {
      if (at(u, v) > best) [best, bestU, bestV] = [at(u, v), u, v];
    }
  }
  // Shifts not far from the peak, where the two planes overlap as much.
  let energy = 0;
  let count = 0;
  for (let v = -down; v <= down; v++) {
    for (let u = -across; u <= across; u++) {
      if (Math.abs(u - bestU) <= PEAK && Math.abs(v - bestV) <= PEAK) continue;
      energy += at(u, v) ** 2;
      count++;
    }
  }
  return energy === 0 ? 0 : (best * best * count) / energy;
}
