import type { Plane } from './plane.js';

/** Standard deviation of the noise that is separated, in grey levels; Lukáš, Fridrich and Goljan use 2 to 5. */
const SIGMA = 3;
const LEVELS = 3;
/** Half-sides of the windows over which a coefficient's variance is estimated: 3, 5, 7 and 9 wide. */
const SMALLEST = 1;
const LARGEST = 4;
/** Daubechies' wavelet of eight coefficients (1988): its low-pass filter. */
const LOW = [
  0.2303778133088964, 0.7148465705529154, 0.6308807679298587, -0.0279837694168599, -0.1870348117190931,
  0.0308413818355607, 0.0328830116668852, -0.010597401785069,
];
const HIGH = LOW.map((_, k) => (k % 2 === 0 ? 1 : -1) * (LOW[LOW.length - 1 - k] as number));

/**
 * What a denoiser takes away: the photo minus its wavelet Wiener estimate (Mıhçak, Kozintsev and Ramchandran 1999, as in
 * Lukáš, Fridrich and Goljan 2006). Of each wavelet coefficient it keeps the share that noise of SIGMA explains; where an
 * edge makes coefficients large, almost nothing.
 * @param luma grey levels 0–255
 * @returns of the same size
 */
export function noiseResidual({ width, height, data }: Plane): Plane {
  const step = 2 ** LEVELS;
  const [w, h] = [Math.ceil(width / step) * step, Math.ceil(height / step) * step];
  const work = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const row = Math.min(y, 2 * height - 2 - y, height - 1);
    for (let x = 0; x < w; x++) {
      work[y * w + x] = data[Math.max(0, row) * width + Math.min(x, width - 1)] as number;
    }
  }
  for (let level = 0; level < LEVELS; level++) {
    const [lw, lh] = [w >> level, h >> level];
    eachLine(work, w, lw, lh, ANALYSIS);
    keepNoise(work, w, lw >> 1, 0, lw >> 1, lh >> 1);
    keepNoise(work, w, 0, lh >> 1, lw >> 1, lh >> 1);
    keepNoise(work, w, lw >> 1, lh >> 1, lw >> 1, lh >> 1);
  }
  for (let y = 0; y < h >> LEVELS; y++) work.fill(0, y * w, y * w + (w >> LEVELS));
  for (let level = LEVELS - 1; level >= 0; level--) eachLine(work, w, w >> level, h >> level, SYNTHESIS);
  const residual = new Float32Array(width * height);
  for (let y = 0; y < height; y++) residual.set(work.subarray(y * w, y * w + width), y * width);
  return { width, height, data: residual };
}

type LineStep = (from: Float32Array, to: Float32Array, n: number) => void;
type RowsStep = (work: Float32Array, stride: number, w: number, h: number) => Float32Array;

/** Applies a step to each row and then to each column of the upper left part. */
function eachLine(
  work: Float32Array,
  stride: number,
  w: number,
  h: number,
  { across, down }: { readonly across: LineStep; readonly down: RowsStep },
): void {
  const line = new Float32Array(w);
  const done = new Float32Array(w);
  for (let y = 0; y < h; y++) {
    line.set(work.subarray(y * stride, y * stride + w));
    across(line, done, w);
    work.set(done, y * stride);
  }
  const columns = down(work, stride, w, h);
  for (let y = 0; y < h; y++) work.set(columns.subarray(y * w, (y + 1) * w), y * stride);
}

/** One level of the periodic wavelet transform: means to the first half, differences to the second. */
const ANALYSIS = {
  across(from: Float32Array, to: Float32Array, n: number): void {
    const half = n / 2;
    for (let i = 0; i < half; i++) {
      let [low, high] = [0, 0];
      for (let k = 0, at = 2 * i; k < LOW.length; k++, at++) {
        while (at >= n) at -= n;
        const value = from[at] as number;
        low += (LOW[k] as number) * value;
        high += (HIGH[k] as number) * value;
      }
      to[i] = low;
      to[half + i] = high;
    }
  },
  /** All columns at once, row by row, because a column's values lie far apart. */
  down(work: Float32Array, stride: number, w: number, h: number): Float32Array {
    const out = new Float32Array(w * h);
    const [low, high] = [new Float64Array(w), new Float64Array(w)];
    for (let i = 0; i < h / 2; i++) {
      low.fill(0);
      high.fill(0);
      for (let k = 0; k < LOW.length; k++) {
        const from = ((2 * i + k) % h) * stride;
        const [l, d] = [LOW[k] as number, HIGH[k] as number];
        for (let x = 0; x < w; x++) {
          const value = work[from + x] as number;
          low[x] = (low[x] as number) + l * value;
          high[x] = (high[x] as number) + d * value;
        }
      }
      out.set(low, i * w);
      out.set(high, (h / 2 + i) * w);
    }
    return out;
  },
};

/** The inverse of `ANALYSIS`; as the wavelet is orthogonal, its transpose. */
const SYNTHESIS = {
  across(from: Float32Array, to: Float32Array, n: number): void {
    const half = n / 2;
    to.fill(0, 0, n);
    for (let i = 0; i < half; i++) {
      const [low, high] = [from[i] as number, from[half + i] as number];
      for (let k = 0, at = 2 * i; k < LOW.length; k++, at++) {
        while (at >= n) at -= n;
        to[at] = (to[at] as number) + (LOW[k] as number) * low + (HIGH[k] as number) * high;
      }
    }
  },
  down(work: Float32Array, stride: number, w: number, h: number): Float32Array {
    const out = new Float32Array(w * h);
    for (let i = 0; i < h / 2; i++) {
      const [low, high] = [i * stride, (h / 2 + i) * stride];
      for (let k = 0; k < LOW.length; k++) {
        const to = ((2 * i + k) % h) * w;
        const [l, d] = [LOW[k] as number, HIGH[k] as number];
        for (let x = 0; x < w; x++) {
          out[to + x] =
            (out[to + x] as number) + l * (work[low + x] as number) + d * (work[high + x] as number);
        }
      }
    }
    return out;
  },
};

/** Leaves of one band's coefficients the share that is noise: σ₀² / (σ² + σ₀²), σ² the least of the local estimates. */
function keepNoise(work: Float32Array, stride: number, x0: number, y0: number, w: number, h: number): void {
  const sums = new Float64Array((w + 1) * (h + 1));
  for (let y = 0; y < h; y++) {
    let row = 0;
    for (let x = 0; x < w; x++) {
      row += (work[(y0 + y) * stride + x0 + x] as number) ** 2;
      sums[(y + 1) * (w + 1) + x + 1] = (sums[y * (w + 1) + x + 1] as number) + row;
    }
  }
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let least = Infinity;
      for (let half = SMALLEST; half <= LARGEST; half++) {
        const left = Math.max(0, x - half);
        const right = Math.min(w, x + half + 1);
        const top = Math.max(0, y - half) * (w + 1);
        const bottom = Math.min(h, y + half + 1) * (w + 1);
        const sum =
          (sums[bottom + right] as number) -
          (sums[bottom + left] as number) -
          (sums[top + right] as number) +
          (sums[top + left] as number);
        const count = ((right - left) * (bottom - top)) / (w + 1);
        least = Math.min(least, sum / count);
      }
      const signal = Math.max(0, least - SIGMA ** 2);
      const at = (y0 + y) * stride + x0 + x;
      work[at] = ((work[at] as number) * SIGMA ** 2) / (signal + SIGMA ** 2);
    }
  }
}
