/** A plane of complex numbers, row by row. */
export interface ComplexPlane {
  /** Powers of two. */
  readonly width: number;
  readonly height: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Columns that are taken out of a plane together: as many numbers as one line of the processor's cache holds. */
const TOGETHER = 8;

/**
 * The two-dimensional discrete Fourier transform in place, not scaled (Cooley and Tukey 1965, radix 2).
 * @param most only columns at most so far from the first, to the right and, as the plane is periodic, to the left are
 * finished; the others are left half done
 */
export function transform({ width, height, re, im }: ComplexPlane, most = width): void {
  const row = lineTransform(width);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width];
    row(re.subarray(from, to), im.subarray(from, to));
  }
  const column = lineTransform(height);
  const lines = Array.from({ length: TOGETHER }, () => [new Float64Array(height), new Float64Array(height)]);
  for (let x = 0; x < width; x += TOGETHER) {
    const count = Math.min(TOGETHER, width - x);
    if (x > most && x + count - 1 < width - most) continue;
    const taken = lines.slice(0, count) as [re: Float64Array, im: Float64Array][];
    for (let y = 0; y < height; y++) {
      for (let c = 0, at = y * width + x; c < count; c++, at++) {
        const line = taken[c] as [Float64Array, Float64Array];
        line[0][y] = re[at] as number;
        line[1][y] = im[at] as number;
      }
    }
    for (const line of taken) column(...line);
    for (let y = 0; y < height; y++) {
      for (let c = 0, at = y * width + x; c < count; c++, at++) {
        const line = taken[c] as [Float64Array, Float64Array];
        re[at] = line[0][y] as number;
        im[at] = line[1][y] as number;
      }
    }
  }
}

/** The smallest power of two that is not less. */
export function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

function lineTransform(n: number): (re: Float64Array, im: Float64Array) => void {
  const cos = Float64Array.from({ length: n / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sin = Float64Array.from({ length: n / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / n));
  const reversed = new Uint32Array(n);
  for (let i = 1; i < n; i++) reversed[i] = ((reversed[i >> 1] as number) >> 1) | (i & 1 ? n >> 1 : 0);
  return (re, im) => {
    for (let i = 0; i < n; i++) {
      const j = reversed[i] as number;
      if (j <= i) continue;
      const [a, b] = [re[i] as number, im[i] as number];
      re[i] = re[j] as number;
      im[i] = im[j] as number;
      re[j] = a;
      im[j] = b;
    }
    for (let half = 1; half < n; half *= 2) {
      const stride = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const p = start + k;
          const q = p + half;
          const c = cos[k * stride] as number;
          const s = sin[k * stride] as number;
          const a = (re[q] as number) * c - (im[q] as number) * s;
          const b = (re[q] as number) * s + (im[q] as number) * c;
          re[q] = (re[p] as number) - a;
          im[q] = (im[p] as number) - b;
          re[p] = (re[p] as number) + a;
          im[p] = (im[p] as number) + b;
        }
      }
    }
  };
}
