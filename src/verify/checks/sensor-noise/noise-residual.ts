import { cut, type Plane } from './plane.js';

/** Standard deviation of the noise that is separated, in grey levels; Lukáš, Fridrich and Goljan use 2 to 5. */
const SIGMA = 3;
const LEVELS = 3;
/** Half-sides of the windows over which a coefficient's variance is estimated: 3, 5, 7 and 9 wide. */
const SMALLEST = 1;
const LARGEST = 4;
/** Daubechies' wavelet of eight coefficients (1988): its low-pass filter. */
const LOW: Eight = [
  0.2303778133088964, 0.7148465705529154, 0.6308807679298587, -0.0279837694168599, -0.1870348117190931,
  0.0308413818355607, 0.0328830116668852, -0.010597401785069,
];
const HIGH = LOW.map((_, k) => (k % 2 === 0 ? 1 : -1) * (LOW[7 - k] as number)) as unknown as Eight;

type Four = readonly [number, number, number, number];
type Eight = readonly [...Four, ...Four];

/**
 * What a denoiser takes away: the photo minus its wavelet Wiener estimate (Mıhçak, Kozintsev and Ramchandran 1999, as
 * in Lukáš, Fridrich and Goljan 2006). Each wavelet coefficient keeps the share that noise of SIGMA explains; where an
 * edge makes coefficients large, that is almost nothing.
 * @param luma grey levels 0–255
 * @returns a plane of the same size
 */
export function noiseResidual({ width, height, data }: Plane): Plane {
  const step = 2 ** LEVELS;
  const [w, h] = [Math.ceil(width / step) * step, Math.ceil(height / step) * step];
  const work = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const row = Math.max(0, Math.min(y, 2 * height - 2 - y, height - 1)) * width;
    work.set(data.subarray(row, row + width), y * w);
    work.fill(data[row + width - 1] as number, y * w + width, (y + 1) * w);
  }
  const between = new Float32Array(w * h);
  const sums = new Float64Array((w / 2 + 1) * (h / 2 + 1));
  for (let level = 0; level < LEVELS; level++) {
    const [lw, lh] = [w >> level, h >> level];
    const [halfW, halfH] = [lw >> 1, lh >> 1];
    for (let y = 0; y < lh; y++) analyseRow(work, between, y * w, lw);
    analyseColumns(between, work, w, lw, lh);
    keepNoise(work, w, halfW, 0, halfW, halfH, sums);
    keepNoise(work, w, 0, halfH, halfW, halfH, sums);
    keepNoise(work, w, halfW, halfH, halfW, halfH, sums);
  }
  for (let y = 0; y < h >> LEVELS; y++) work.fill(0, y * w, y * w + (w >> LEVELS));
  for (let level = LEVELS - 1; level >= 0; level--) {
    const [lw, lh] = [w >> level, h >> level];
    for (let y = 0; y < lh; y++) synthesiseRow(work, between, y * w, lw);
    synthesiseColumns(between, work, w, lw, lh);
  }
  return cut({ width: w, height: h, data: work }, 0, 0, width, height);
}

/** One level of the periodic wavelet transform of a row: means to the first half, differences to the second. */
function analyseRow(from: Float32Array, to: Float32Array, start: number, n: number): void {
  const half = n / 2;
  const inside = Math.max(0, half - 3);
  const at = (i: number) => eight((k) => start + ((2 * i + k) % n));
  analyse(from, at(0), 2, to, start, start + half, inside);
  for (let i = inside; i < half; i++) analyse(from, at(i), 2, to, start + i, start + half + i, 1);
}

/** The same for all columns at once, row by row, because the values of a column are far apart in memory. */
function analyseColumns(from: Float32Array, to: Float32Array, stride: number, w: number, h: number): void {
  for (let i = 0; i < h / 2; i++) {
    const rows = eight((k) => ((2 * i + k) % h) * stride);
    analyse(from, rows, 1, to, i * stride, (h / 2 + i) * stride, w);
  }
}

/** Computes `count` numbers of each half in turn; the inputs of each lie `step` behind those of the one before. */
function analyse(
  from: Float32Array,
  [a, b, c, d, e, f, g, h]: Eight,
  step: number,
  to: Float32Array,
  toLow: number,
  toHigh: number,
  count: number,
): void {
  const [la, lb, lc, ld, le, lf, lg, lh] = LOW;
  const [ha, hb, hc, hd, he, hf, hg, hh] = HIGH;
  for (let i = 0, s = 0; i < count; i++, s += step) {
    const va = from[a + s] as number;
    const vb = from[b + s] as number;
    const vc = from[c + s] as number;
    const vd = from[d + s] as number;
    const ve = from[e + s] as number;
    const vf = from[f + s] as number;
    const vg = from[g + s] as number;
    const vh = from[h + s] as number;
    to[toLow + i] = la * va + lb * vb + lc * vc + ld * vd + le * ve + lf * vf + lg * vg + lh * vh;
    to[toHigh + i] = ha * va + hb * vb + hc * vc + hd * vd + he * ve + hf * vf + hg * vg + hh * vh;
  }
}

/** The inverse of `analyseRow`; as the wavelet is orthogonal, its transpose. */
function synthesiseRow(from: Float32Array, to: Float32Array, start: number, n: number): void {
  const half = n / 2;
  const border = Math.min(3, half);
  const at = (i: number, first: number) => four((t) => first + ((i - t + 3 * half) % half));
  for (let i = 0; i < border; i++) {
    synthesise(from, at(i, start), at(i, start + half), to, start + 2 * i, start + 2 * i + 1, 2, 1);
  }
  const [low, high] = [at(border, start), at(border, start + half)];
  synthesise(from, low, high, to, start + 2 * border, start + 2 * border + 1, 2, half - border);
}

function synthesiseColumns(from: Float32Array, to: Float32Array, stride: number, w: number, h: number): void {
  const half = h / 2;
  for (let i = 0; i < half; i++) {
    const at = (first: number) => four((t) => (first + ((i - t + 3 * half) % half)) * stride);
    synthesise(from, at(0), at(half), to, 2 * i * stride, (2 * i + 1) * stride, 1, w);
  }
}

/** Computes `count` pairs of numbers, `step` apart. @param low, high where the inputs of the first pair are */
function synthesise(
  from: Float32Array,
  [la, lb, lc, ld]: Four,
  [ha, hb, hc, hd]: Four,
  to: Float32Array,
  toEven: number,
  toOdd: number,
  step: number,
  count: number,
): void {
  const [l0, l1, l2, l3, l4, l5, l6, l7] = LOW;
  const [h0, h1, h2, h3, h4, h5, h6, h7] = HIGH;
  for (let i = 0, s = 0; i < count; i++, s += step) {
    const p = from[la + i] as number;
    const q = from[lb + i] as number;
    const r = from[lc + i] as number;
    const t = from[ld + i] as number;
    const u = from[ha + i] as number;
    const v = from[hb + i] as number;
    const x = from[hc + i] as number;
    const y = from[hd + i] as number;
    to[toEven + s] = l0 * p + l2 * q + l4 * r + l6 * t + h0 * u + h2 * v + h4 * x + h6 * y;
    to[toOdd + s] = l1 * p + l3 * q + l5 * r + l7 * t + h1 * u + h3 * v + h5 * x + h7 * y;
  }
}

function four(value: (k: number) => number): Four {
  return [value(0), value(1), value(2), value(3)];
}

function eight(value: (k: number) => number): Eight {
  return [...four(value), ...four((k) => value(k + 4))];
}

/**
 * Keeps the share of one band's coefficients that is noise: σ₀² / (σ² + σ₀²), σ² being the least local estimate.
 * @param sums room for (w + 1) × (h + 1) numbers
 */
function keepNoise(
  work: Float32Array,
  stride: number,
  x0: number,
  y0: number,
  w: number,
  h: number,
  sums: Float64Array,
): void {
  const across = w + 1;
  sums.fill(0, 0, across);
  for (let y = 0; y < h; y++) {
    let row = 0;
    const at = (y + 1) * across;
    sums[at] = 0;
    for (let x = 0; x < w; x++) {
      const value = work[(y0 + y) * stride + x0 + x] as number;
      row += value * value;
      sums[at + x + 1] = (sums[at - across + x + 1] as number) + row;
    }
  }
  for (let y = 0; y < h; y++) {
    const from = (y0 + y) * stride + x0;
    for (let x = 0; x < w; x++) {
      const isInside = y >= LARGEST && y + LARGEST < h && x >= LARGEST && x + LARGEST < w;
      let least = Infinity;
      for (let half = SMALLEST; half <= LARGEST; half++) {
        const mean = isInside
          ? sumOf(sums, across, x - half, x + half + 1, y - half, y + half + 1) / (2 * half + 1) ** 2
          : meanOf(sums, w, h, x, y, half);
        if (mean < least) least = mean;
        // Nothing but noise: it stays as it is, however little the other windows hold.
        if (least <= SIGMA ** 2) break;
      }
      if (least <= SIGMA ** 2) continue;
      // σ² is what remains of the least mean of squares once the noise is taken off.
      work[from + x] = ((work[from + x] as number) * SIGMA ** 2) / least;
    }
  }
}

/** Mean over the part of a window that lies inside the band. */
function meanOf(sums: Float64Array, w: number, h: number, x: number, y: number, half: number): number {
  const [left, right] = [Math.max(0, x - half), Math.min(w, x + half + 1)];
  const [top, bottom] = [Math.max(0, y - half), Math.min(h, y + half + 1)];
  return sumOf(sums, w + 1, left, right, top, bottom) / ((right - left) * (bottom - top));
}

/** Sum over a rectangle, from a table that holds the sum of everything above and to the left. */
function sumOf(
  sums: Float64Array,
  across: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number {
  return (
    (sums[bottom * across + right] as number) -
    (sums[bottom * across + left] as number) -
    (sums[top * across + right] as number) +
    (sums[top * across + left] as number)
  );
}
