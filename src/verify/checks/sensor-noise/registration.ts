import { cut, type Plane } from './plane.js';

/** [x, y] of the other plane = [a + b·x + c·y, d + e·x + f·y]. */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Side of the blocks that are matched, least distance between them, and how far away they are looked for; in pixels. */
const BLOCK = 24;
const EVERY = 40;
const REACH = 8;
/** Blocks along a side at most. */
const MOST_BLOCKS = 14;
/** Standard deviation in grey levels below which a block shows nothing to match. */
const LEAST_DETAIL = 4;
/** Fewer blocks fix no affine mapping. */
const LEAST_BLOCKS = 6;
/** Mappings are fitted so often, each time without the blocks that lie twice the median away. */
const ROUNDS = 4;

/**
 * The part of `source` that shows what the window of `output` shows, moved onto it by the affine mapping that fits the scene
 * best: whoever has both photos can undo any shift, scale, rotation and shear.
 * @param source brought to the scale of `output` and of its size, within 8 pixels of it everywhere
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

/** Whole pixels of the output. */
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

/** By the least sum of squared differences, to fractions of a pixel by a parabola; undefined on a border or without detail. */
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
  const costs = new Float64Array(side * side);
  let best = 0;
  for (let s = 0; s < costs.length; s++) {
    const from = (y + Math.floor(s / side) - REACH) * source.width + x + (s % side) - REACH;
    let cost = 0;
    for (let v = 0; v < BLOCK; v++) {
      for (let u = 0; u < BLOCK; u++) {
        const difference =
          (block[v * BLOCK + u] as number) - (source.data[from + v * source.width + u] as number);
        cost += difference * difference;
      }
    }
    costs[s] = cost;
    if (cost < (costs[best] as number)) best = s;
  }
  const [u, v] = [best % side, Math.floor(best / side)];
  if (u === 0 || v === 0 || u === side - 1 || v === side - 1) return undefined;
  const middle: [number, number] = [x + BLOCK / 2, y + BLOCK / 2];
  return {
    at: middle,
    to: [middle[0] + u - REACH + vertex(costs, best, 1), middle[1] + v - REACH + vertex(costs, best, side)],
  };
}

function vertex(costs: Float64Array, at: number, step: number): number {
  const [before, here, after] = [costs[at - step], costs[at], costs[at + step]] as [number, number, number];
  const curve = before - 2 * here + after;
  return curve > 0 ? (before - after) / (2 * curve) : 0;
}

function errorOf({ at: [x, y], to }: Match, [a, b, c, d, e, f]: Affine): [number, number] {
  return [a + b * x + c * y - to[0], d + e * x + f * y - to[1]];
}

/** By least squares; undefined when the blocks lie on a line. */
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

/** Interpolated by the cubic of Catmull and Rom; pixels beyond the border repeat it. */
function warp({ width, height, data }: Plane, [a, b, c, d, e, f]: Affine, window: Window): Plane {
  const out = new Float32Array(window.width * window.height);
  const across = new Float64Array(4);
  const columns = new Int32Array(4);
  const row = (y: number) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let v = 0; v < window.height; v++) {
    for (let u = 0; u < window.width; u++) {
      const [x, y] = [window.x + u + 0.5, window.y + v + 0.5];
      const sx = a + b * x + c * y - 0.5;
      const sy = d + e * x + f * y - 0.5;
      const [left, top] = [Math.floor(sx), Math.floor(sy)];
      const [s, t] = [sx - left, sy - top];
      for (let k = 0; k < 4; k++) {
        across[k] = cubic(k - 1 - s);
        columns[k] = Math.min(width - 1, Math.max(0, left + k - 1));
      }
      let sum = 0;
      for (let r = -1; r <= 2; r++) {
        const from = row(top + r);
        let line = 0;
        for (let k = 0; k < 4; k++) {
          line += (across[k] as number) * (data[from + (columns[k] as number)] as number);
        }
        sum += cubic(r - t) * line;
      }
      out[v * window.width + u] = sum;
    }
  }
  return { width: window.width, height: window.height, data: out };
}

function cubic(distance: number): number {
  const d = Math.abs(distance);
  return d < 1 ? 1.5 * d * d * d - 2.5 * d * d + 1 : -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2;
}
