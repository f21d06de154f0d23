import type { Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';

/** Which channel of an image one plane shows, and as what: see `valueTable`. */
export interface PlaneOf {
  readonly channel: 0 | 1 | 2;
  readonly values: Float32Array;
}

export type ThreePlanes = readonly [PlaneOf, PlaneOf, PlaneOf];

/** Places between two pixels that are told apart, and what weights are multiplied with to be whole numbers. */
const [PHASES, ONE] = [64, 4096];
/** Where libvips begins: half a pixel before the first one, in an image with two pixels of border around it. */
const [FIRST, BORDER] = [1.5, 2];
const TAPS = 4;
/** What a value is looked up at in a table: cubic weights reach beyond 0–255, from −72 to 327. */
export const OVERSHOOT = 128;
/** Half, to round to the nearest, and that place, before the division by `ONE`. */
const ROUND = ONE / 2 + OVERSHOOT * ONE;

/** Four weights for each phase: the cubic of Catmull and Rom. */
const WEIGHTS = Int16Array.from({ length: (PHASES + 1) * TAPS }, (_, i) => {
  const t = Math.floor(i / TAPS) / PHASES;
  const outer = -0.5 * t * (1 - t);
  const [first, last] = [outer * (1 - t), outer * t];
  const [second, third] = [1 - t - first + (last - first), t - last - (last - first)];
  return Math.trunc(([first, second, third, last][i % TAPS] as number) * ONE);
});

/** What each value becomes, at value + OVERSHOOT; values beyond 0–255 become what those become. */
export function valueTable(of: (value: number) => number): Float32Array {
  return Float32Array.from({ length: 512 }, (_, i) => of(Math.min(Math.max(i - OVERSHOOT, 0), 255)));
}

/**
 * Three planes of a part of an image, enlarged; to the bit what libvips makes of it with any kernel of its own, which
 * the networks were trained on, in half the time and without a copy between.
 * @param image three channels
 * @param size along neither side smaller than the part
 * @param out height × width for each plane
 */
export function enlargePlanes(
  image: PixelImage,
  part: Box,
  { width, height }: { readonly width: number; readonly height: number },
  planes: ThreePlanes,
  out: Float32Array,
): void {
  const stride = image.width * 3;
  const columns = new Int32Array(width * TAPS);
  const weights = new Int32Array(width * TAPS);
  const [step, down] = stepsOf(part, width, height);
  // libvips adds up along a row, and multiplies from row to row: it matters where a place is between two phases.
  for (let x = 0, at = FIRST; x < width; x++, at += step) {
    const phase = phaseOf(at) * TAPS;
    for (let tap = 0; tap < TAPS; tap++) {
      columns[x * TAPS + tap] = (part.x + within(Math.floor(at) - BORDER - 1 + tap, part.width)) * 3;
      weights[x * TAPS + tap] = WEIGHTS[phase + tap] as number;
    }
  }
  // Four neighbouring rows of the part have four different places here.
  const rows = Array.from({ length: TAPS }, () => ({ of: -1, line: new Int16Array(3 * width) }));
  const lineOf = (y: number): Int16Array => {
    const from = within(y, part.height);
    const row = rows[from % TAPS] as (typeof rows)[number];
    if (row.of !== from) {
      row.of = from;
      enlargeRow(image.data, (part.y + from) * stride, columns, weights, row.line);
    }
    return row.line;
  };
  for (let y = 0; y < height; y++) {
    const at = down * y + FIRST;
    const upper = Math.floor(at) - BORDER - 1;
    const lines = [lineOf(upper), lineOf(upper + 1), lineOf(upper + 2), lineOf(upper + 3)] as const;
    planes.forEach(({ channel, values }, plane) => {
      joinRows(lines, channel * width, phaseOf(at) * TAPS, values, out, (plane * height + y) * width, width);
    });
  }
}

/** As libvips computes them: the inverse of a matrix of inverses. */
function stepsOf(part: Box, width: number, height: number): [across: number, down: number] {
  const [across, down] = [1 / (part.width / width), 1 / (part.height / height)];
  const inverse = 1 / (across * down);
  return [inverse * down, inverse * across];
}

/** Which of the phases a place is nearest to. */
function phaseOf(at: number): number {
  return ((Math.trunc(at * PHASES * 2) & (PHASES * 2 - 1)) + 1) >> 1;
}

function within(at: number, length: number): number {
  return Math.min(Math.max(at, 0), length - 1);
}

/** One row, made wider; its channels one after the other. Called for every row: no arrays, no closures. */
function enlargeRow(
  data: Uint8Array,
  start: number,
  columns: Int32Array,
  weights: Int32Array,
  out: Int16Array,
): void {
  const width = out.length / 3;
  for (let x = 0, i = 0; x < width; x++, i += TAPS) {
    const a = start + (columns[i] as number);
    const b = start + (columns[i + 1] as number);
    const c = start + (columns[i + 2] as number);
    const d = start + (columns[i + 3] as number);
    const wa = weights[i] as number;
    const wb = weights[i + 1] as number;
    const wc = weights[i + 2] as number;
    const wd = weights[i + 3] as number;
    for (let channel = 0, to = x; channel < 3; channel++, to += width) {
      out[to] =
        (Math.imul(data[a + channel] as number, wa) +
          Math.imul(data[b + channel] as number, wb) +
          Math.imul(data[c + channel] as number, wc) +
          Math.imul(data[d + channel] as number, wd) +
          ONE / 2) >>
        12;
    }
  }
}

/** One row of one plane from four rows, of which the channel begins at `from`. */
function joinRows(
  [a, b, c, d]: readonly [Int16Array, Int16Array, Int16Array, Int16Array],
  from: number,
  phase: number,
  values: Float32Array,
  out: Float32Array,
  to: number,
  width: number,
): void {
  const wa = WEIGHTS[phase] as number;
  const wb = WEIGHTS[phase + 1] as number;
  const wc = WEIGHTS[phase + 2] as number;
  const wd = WEIGHTS[phase + 3] as number;
  const end = from + width;
  for (let x = from, p = to; x < end; x++, p++) {
    const sum =
      (Math.imul(a[x] as number, wa) +
        Math.imul(b[x] as number, wb) +
        Math.imul(c[x] as number, wc) +
        Math.imul(d[x] as number, wd) +
        ROUND) |
      0;
    out[p] = values[sum >> 12] as number;
  }
}
