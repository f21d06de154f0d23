import type { Plane } from './plane.js';

/** A plane of complex numbers, row by row. */
export interface ComplexPlane {
  /** Powers of two. */
  readonly width: number;
  readonly height: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** Columns that are taken out of a plane together: as many numbers as fit in a line of the processor's cache. */
const TOGETHER = 16;

/**
 * The two-dimensional discrete Fourier transform of a + ib, not scaled. It transforms two real planes at once: symmetry
 * tells their spectra apart.
 * @param a of the same size as b
 * @returns a plane whose sides are the next powers of two; the planes are padded with 0
 */
export function transformOfPair(a: Plane, b: Plane): ComplexPlane {
  const [width, height] = [powerOfTwo(a.width), powerOfTwo(a.height)];
  const [re, im] = [new Float32Array(width * height), new Float32Array(width * height)];
  const row = lineTransform(width);
  const [lineRe, lineIm] = [new Float64Array(width), new Float64Array(width)];
  // Rows below the planes are 0, and so are their transforms.
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < width; x++) {
      const [to, from] = [row.place[x] as number, y * a.width + x];
      lineRe[to] = x < a.width ? (a.data[from] as number) : 0;
      lineIm[to] = x < a.width ? (b.data[from] as number) : 0;
    }
    row.run(lineRe, lineIm);
    re.set(lineRe, y * width);
    im.set(lineIm, y * width);
  }
  const plane = { width, height, re, im };
  transformColumns(plane, a.height);
  return plane;
}

/** @param filled number of rows at the top that may hold anything but 0 */
function transformColumns({ width, height, re, im }: ComplexPlane, filled: number): void {
  const column = lineTransform(height);
  const together = Math.min(TOGETHER, width);
  const lines = Array.from({ length: together }, () => ({
    re: new Float64Array(height),
    im: new Float64Array(height),
  }));
  for (let x = 0; x < width; x += together) {
    for (let y = 0; y < height; y++) {
      const to = column.place[y] as number;
      for (let c = 0, at = y * width + x; c < together; c++, at++) {
        const line = lines[c] as (typeof lines)[number];
        line.re[to] = y < filled ? (re[at] as number) : 0;
        line.im[to] = y < filled ? (im[at] as number) : 0;
      }
    }
    for (const line of lines) column.run(line.re, line.im);
    for (let y = 0; y < height; y++) {
      for (let c = 0, at = y * width + x; c < together; c++, at++) {
        const line = lines[c] as (typeof lines)[number];
        re[at] = line.re[y] as number;
        im[at] = line.im[y] as number;
      }
    }
  }
}

/** The smallest power of two that is at least `least`. */
export function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

/** A discrete Fourier transform of one length. */
export interface LineTransform {
  /** Where each number has to be put before `run`, which leaves the results in order. */
  readonly place: Uint32Array;
  /** Transforms in place, not scaled. */
  readonly run: (re: Float64Array, im: Float64Array) => void;
}

/** Cooley and Tukey 1965, radix 4, after one step of radix 2 when log₂ n is odd. @param n a power of two */
export function lineTransform(n: number): LineTransform {
  const cos = Float64Array.from({ length: n }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sin = Float64Array.from({ length: n }, (_, k) => -Math.sin((2 * Math.PI * k) / n));
  const place = new Uint32Array(n);
  for (let i = 1; i < n; i++) place[i] = ((place[i >> 1] as number) >> 1) | (i & 1 ? n >> 1 : 0);
  const isOdd = Math.log2(n) % 2 === 1;
  return {
    place,
    run: (re, im) => {
      if (isOdd) addPairs(re, im, n);
      for (let quarter = isOdd ? 2 : 1; quarter < n; quarter *= 4) addFours(re, im, n, quarter, cos, sin);
    },
  };
}

function addPairs(re: Float64Array, im: Float64Array, n: number): void {
  for (let p = 0; p < n; p += 2) {
    const [ar, ai, br, bi] = [re[p] as number, im[p] as number, re[p + 1] as number, im[p + 1] as number];
    re[p] = ar + br;
    im[p] = ai + bi;
    re[p + 1] = ar - br;
    im[p + 1] = ai - bi;
  }
}

/** Combines each four transforms of `quarter` numbers into one of 4 · quarter. */
function addFours(
  re: Float64Array,
  im: Float64Array,
  n: number,
  quarter: number,
  cos: Float64Array,
  sin: Float64Array,
): void {
  const size = 4 * quarter;
  const stride = n / size;
  for (let k = 0; k < quarter; k++) {
    const bc = cos[2 * k * stride] as number;
    const bs = sin[2 * k * stride] as number;
    const cc = cos[k * stride] as number;
    const cs = sin[k * stride] as number;
    const dc = cos[3 * k * stride] as number;
    const ds = sin[3 * k * stride] as number;
    for (let p = k; p < n; p += size) {
      const q = p + quarter;
      const r = q + quarter;
      const s = r + quarter;
      // Each number is read once: the engine would read it again for every use.
      const qr = re[q] as number;
      const qi = im[q] as number;
      const rr = re[r] as number;
      const ri = im[r] as number;
      const sr = re[s] as number;
      const si = im[s] as number;
      const br = qr * bc - qi * bs;
      const bi = qr * bs + qi * bc;
      const cr = rr * cc - ri * cs;
      const ci = rr * cs + ri * cc;
      const dr = sr * dc - si * ds;
      const di = sr * ds + si * dc;
      const pr = re[p] as number;
      const pi = im[p] as number;
      const sumR = pr + br;
      const sumI = pi + bi;
      const differenceR = pr - br;
      const differenceI = pi - bi;
      re[p] = sumR + (cr + dr);
      im[p] = sumI + (ci + di);
      re[r] = sumR - (cr + dr);
      im[r] = sumI - (ci + di);
      re[q] = differenceR + (ci - di);
      im[q] = differenceI - (cr - dr);
      re[s] = differenceR - (ci - di);
      im[s] = differenceI + (cr - dr);
    }
  }
}
