import { cut, type Plane } from './plane.js';

/** [x, y] of the other plane = [a + b·x + c·y, d + e·x + f·y]. */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Side of the blocks that are matched, least distance between them, and how far they are searched; in pixels. */
const BLOCK = 24;
const EVERY = 40;
const REACH = 8;
/** Most blocks along a side. */
const MOST_BLOCKS = 14;
/** Standard deviation in grey levels below which a block shows nothing to match. */
const LEAST_DETAIL = 4;
/** Fewer matched blocks than this do not determine an affine mapping. */
const LEAST_BLOCKS = 6;
/** How often a mapping is fitted, each time without the blocks that are off by more than twice the median. */
const ROUNDS = 4;

/**
 * The part of `source` that shows what the window of `output` shows, moved onto it by the affine mapping that fits the
 * scene best: anybody who has both photos can undo any shift, scale, rotation and shear.
 * @param source at the scale and size of `output`, and off by no more than 8 pixels anywhere
 * @returns undefined when too little of the scene can be matched
 */
export function registered(
  source: Plane,
  output: Plane,
  window: Window,
  free: Uint8Array,
): Plane | undefined {
  const matches: Match[] = [];
  const every = Math.max(EVERY, Math.ceil(Math.max(window.width, window.height) / MOST_BLOCKS));
  for (let y = window.y; y + BLOCK <= window.y + window.height; y += every) {
    for (let x = window.x; x + BLOCK <= window.x + window.width; x += every) {
      const match = matchBlock(source, output, x, y, free);
      if (match) matches.push(match);
    }
  }
  let kept: readonly Match[] = matches;
  let affine: Affine | undefined;
  for (let round = 0; round < ROUNDS && kept.length >= LEAST_BLOCKS; round++) {
    const fitted = fitAffine(kept);
    if (!fitted) break;
    affine = fitted;
    const errors = matches.map((match) => Math.hypot(...errorOf(match, fitted)));
    const limit = 2 * (errors.toSorted((p, q) => p - q)[matches.length >> 1] as number) + 0.1;
    kept = matches.filter((_, i) => (errors[i] as number) <= limit);
  }
  return affine && warp(source, affine, window);
}

/** A rectangle in whole pixels of the output. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The middle of a block in the output, and where it lies in the source. */
interface Match {
  readonly at: readonly [number, number];
  readonly to: readonly [number, number];
}

/** Least sum of squared differences, refined below a pixel by a parabola; undefined at a border or without detail. */
function matchBlock(source: Plane, output: Plane, x: number, y: number, free: Uint8Array): Match | undefined {
  if (x < REACH || y < REACH || x + BLOCK + REACH > source.width || y + BLOCK + REACH > source.height) {
    return undefined;
  }
  const block = cut(output, x, y, BLOCK, BLOCK).data;
  let [sum, squares] = [0, 0];
  for (const value of block) {
    sum += value;
    squares += value * value;
  }
  if (squares / block.length - (sum / block.length) ** 2 < LEAST_DETAIL ** 2) return undefined;
  for (let v = 0; v < BLOCK; v++) {
    for (let u = 0; u < BLOCK; u++) if (free[(y + v) * output.width + x + u] === 0) return undefined;
  }
  const side = 2 * REACH + 1;
  const costOf = (step: number, most: number) => {
    const from = (y + Math.floor(step / side) - REACH) * source.width + x + (step % side) - REACH;
    return squaredDifference(block, source, from, most);
  };
  // The middle first: it usually fits well, so that others can be given up early.
  let best = (side * side - 1) / 2;
  let least = costOf(best, Infinity);
  for (let step = 0; step < side * side; step++) {
    const cost = costOf(step, least);
    if (cost < least || (cost === least && step < best)) [best, least] = [step, cost];
  }
  const [u, v] = [best % side, Math.floor(best / side)];
  if (u === 0 || v === 0 || u === side - 1 || v === side - 1) return undefined;
  const vertex = (before: number, after: number) =>
    vertexOf(costOf(best + before, Infinity), least, costOf(best + after, Infinity));
  const middle: [number, number] = [x + BLOCK / 2, y + BLOCK / 2];
  return {
    at: middle,
    to: [middle[0] + u - REACH + vertex(-1, 1), middle[1] + v - REACH + vertex(-side, side)],
  };
}

/** Between a block and the source at `from`; once the sum exceeds `most`, any larger number may be returned. */
function squaredDifference(block: Float32Array, { width, data }: Plane, from: number, most: number): number {
  let sum = 0;
  for (let v = 0; v < BLOCK && sum <= most; v++) {
    const row = from + v * width;
    for (let u = 0; u < BLOCK; u++) {
      const difference = (block[v * BLOCK + u] as number) - (data[row + u] as number);
      sum += difference * difference;
    }
  }
  return sum;
}

function vertexOf(before: number, here: number, after: number): number {
  const curve = before - 2 * here + after;
  return curve > 0 ? (before - after) / (2 * curve) : 0;
}

function errorOf({ at: [x, y], to }: Match, [a, b, c, d, e, f]: Affine): [number, number] {
  return [a + b * x + c * y - to[0], d + e * x + f * y - to[1]];
}

/** By least squares; undefined when all blocks lie on one line. */
function fitAffine(matches: readonly Match[]): Affine | undefined {
  const n = matches.length;
  const mean = (value: (match: Match) => number) => matches.reduce((sum, match) => sum + value(match), 0) / n;
  const [mx, my] = [mean(({ at }) => at[0]), mean(({ at }) => at[1])];
  const [xx, xy, yy] = [
    mean(({ at }) => (at[0] - mx) ** 2),
    mean(({ at }) => (at[0] - mx) * (at[1] - my)),
    mean(({ at }) => (at[1] - my) ** 2),
  ];
  const determinant = xx * yy - xy * xy;
  if (determinant < 1) return undefined;
  const axis = (value: (match: Match) => number): [number, number, number] => {
    const tx = mean((match) => (match.at[0] - mx) * value(match));
    const ty = mean((match) => (match.at[1] - my) * value(match));
    const [p, q] = [(tx * yy - ty * xy) / determinant, (ty * xx - tx * xy) / determinant];
    return [mean(value) - p * mx - q * my, p, q];
  };
  return [...axis(({ to }) => to[0]), ...axis(({ to }) => to[1])];
}

/** Interpolated by the cubic of Catmull and Rom; beyond the border, the nearest pixel is repeated. */
function warp(source: Plane, [a, b, c, d, e, f]: Affine, window: Window): Plane {
  const { width, height, data } = source;
  const out = new Float32Array(window.width * window.height);
  for (let v = 0; v < window.height; v++) {
    for (let u = 0; u < window.width; u++) {
      const x = window.x + u + 0.5;
      const y = window.y + v + 0.5;
      const sx = a + b * x + c * y - 0.5;
      const sy = d + e * x + f * y - 0.5;
      // Whole, for the engine too, which would otherwise count in floating point.
      const left = (Math.floor(sx) - 1) | 0;
      const top = (Math.floor(sy) - 1) | 0;
      const [s, t] = [sx - left - 1, sy - top - 1];
      const isInside = left >= 0 && top >= 0 && left + 4 <= width && top + 4 <= height;
      out[v * window.width + u] = isInside
        ? cubicOf(data, (Math.imul(top, width) + left) | 0, width, s, t)
        : cubicOf(repeated(source, left, top), 0, 4, s, t);
    }
  }
  return { width: window.width, height: window.height, data: out };
}

/** A square of 4 × 4 pixels that may extend beyond the border. */
function repeated({ width, height, data }: Plane, left: number, top: number): Float32Array {
  const inside = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  return Float32Array.from(
    { length: 16 },
    (_, i) => data[inside(top + (i >> 2), height) * width + inside(left + (i & 3), width)] as number,
  );
}

/** Interpolates between the middle four of 4 × 4 pixels. @param s, t from 0 to 1 */
function cubicOf(data: Float32Array, at: number, stride: number, s: number, t: number): number {
  const wa = s * (s * (1 - 0.5 * s) - 0.5);
  const wb = s * s * (1.5 * s - 2.5) + 1;
  const wc = s * (s * (2 - 1.5 * s) + 0.5);
  const wd = s * s * (0.5 * s - 0.5);
  const p = (at + stride) | 0;
  const q = (p + stride) | 0;
  const r = (q + stride) | 0;
  const first = wa * data[at]! + wb * data[at + 1]! + wc * data[at + 2]! + wd * data[at + 3]!;
  const second = wa * data[p]! + wb * data[p + 1]! + wc * data[p + 2]! + wd * data[p + 3]!;
  const third = wa * data[q]! + wb * data[q + 1]! + wc * data[q + 2]! + wd * data[q + 3]!;
  const fourth = wa * data[r]! + wb * data[r + 1]! + wc * data[r + 2]! + wd * data[r + 3]!;
  return (
    t * (t * (1 - 0.5 * t) - 0.5) * first +
    (t * t * (1.5 * t - 2.5) + 1) * second +
    t * (t * (2 - 1.5 * t) + 0.5) * third +
    t * t * (0.5 * t - 0.5) * fourth
  );
}
