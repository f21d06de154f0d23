import type { SkinPatch } from './skin-patch.ts';

/** A cell is a square of pixels whose edges are counted by direction; a descriptor joins a block of cells. */
const CELL = 4;
const BLOCK = 3;
const DIRECTIONS = 8;
const LENGTH = BLOCK * BLOCK * DIRECTIONS;
/** Side of what one descriptor sees, in pixels. */
const FOOTPRINT = CELL * BLOCK;
/** No direction counts for more, as in SIFT: one sharp edge would outweigh the rest. */
const MOST = 0.2;
/** Contrast below this is taken for noise, in natural logarithms of the light. */
const NOISE = 0.01;

/** Descriptors of the places on a grid. */
export interface Described {
  /** Places along a side, and pixels from one to the next. */
  readonly count: number;
  readonly step: number;
  /** Numbers of a descriptor. */
  readonly length: number;
  /** count × count × length, each of unit length, row by row. */
  readonly vectors: Float32Array;
  /** How much there is to see at each place: the length before it was made 1. */
  readonly contrast: Float32Array;
}

/**
 * Dense descriptors of a patch of skin, as SIFT has them (Lowe 2004; dense: Liu et al. 2011): directions of edges in
 * cells, on light whose slow changes are taken off and whose contrast is made one.
 */
export function describe(patch: SkinPatch, step: number): Described {
  const { side } = patch;
  const sums = summedDirections(evened(patch), patch.seen, side);
  const count = Math.max(0, Math.floor((side - FOOTPRINT) / step) + 1);
  const vectors = new Float32Array(count * count * LENGTH);
  const contrast = new Float32Array(count * count);
  for (let place = 0; place < count * count; place++) {
    const [left, top] = [(place % count) * step, Math.floor(place / count) * step];
    const vector = vectors.subarray(place * LENGTH, (place + 1) * LENGTH);
    for (let cell = 0, to = 0; cell < BLOCK * BLOCK; cell++) {
      const [x, y] = [left + (cell % BLOCK) * CELL, top + Math.floor(cell / BLOCK) * CELL];
      for (const sum of sums) vector[to++] = boxSum(sum, side, x, y, CELL);
    }
    contrast[place] = toUnit(vector);
    for (let i = 0; i < LENGTH; i++) vector[i] = Math.min(MOST, vector[i]!);
    toUnit(vector);
  }
  return { count, step, length: LENGTH, vectors, contrast };
}

/** The logarithm of the light without its slow changes, in units of its own spread; 0 where nothing is seen. */
function evened({ side, rgb, seen }: SkinPatch): Float32Array {
  const light = new Float32Array(side * side);
  for (let i = 0; i < light.length; i++) {
    light[i] = Math.log(1 + 0.3 * rgb[3 * i]! + 0.59 * rgb[3 * i + 1]! + 0.11 * rgb[3 * i + 2]!) * seen[i]!;
  }
  const radius = Math.max(2, Math.round(side / 6));
  const [lights, places] = [integral(light, side), integral(seen, side)];
  let [sum, all] = [0, 0];
  for (let i = 0; i < light.length; i++) {
    if (seen[i] === 0) continue;
    const [x, y] = [(i % side) - radius, Math.floor(i / side) - radius];
    light[i]! -= boxSum(lights, side, x, y, 2 * radius + 1) / boxSum(places, side, x, y, 2 * radius + 1);
    sum += light[i]! ** 2;
    all++;
  }
  const spread = Math.sqrt(sum / Math.max(1, all)) + NOISE;
  return light.map((value) => value / spread);
}

/** For each direction a table of sums of the edges that point there; edges beside what is not seen do not count. */
function summedDirections(plane: Float32Array, seen: Uint8Array, side: number): Float32Array[] {
  const planes = Array.from({ length: DIRECTIONS }, () => new Float32Array(side * side));
  for (let y = 1; y + 1 < side; y++) {
    for (let x = 1; x + 1 < side; x++) {
      const at = y * side + x;
      if ((seen[at]! & seen[at - 1]! & seen[at + 1]! & seen[at - side]! & seen[at + side]!) === 0) continue;
      const [gx, gy] = [plane[at + 1]! - plane[at - 1]!, plane[at + side]! - plane[at - side]!];
      const turn = (Math.atan2(gy, gx) / (2 * Math.PI) + 1) * DIRECTIONS;
      const [first, share] = [Math.floor(turn), turn - Math.floor(turn)];
      const length = Math.hypot(gx, gy);
      planes[first % DIRECTIONS]![at]! += length * (1 - share);
      planes[(first + 1) % DIRECTIONS]![at]! += length * share;
    }
  }
  return planes.map((each) => integral(each, side));
}

/** Sums of everything above and left of each corner; (side + 1) × (side + 1). */
function integral(plane: ArrayLike<number>, side: number): Float32Array {
  const sums = new Float32Array((side + 1) ** 2);
  for (let y = 0; y < side; y++) {
    for (let x = 0, row = 0; x < side; x++) {
      row += plane[y * side + x]!;
      sums[(y + 1) * (side + 1) + x + 1] = sums[y * (side + 1) + x + 1]! + row;
    }
  }
  return sums;
}

function boxSum(sums: Float32Array, side: number, x: number, y: number, size: number): number {
  const inside = (value: number) => Math.min(side, Math.max(0, value));
  const [left, right, top, bottom] = [
    inside(x),
    inside(x + size),
    inside(y) * (side + 1),
    inside(y + size) * (side + 1),
  ];
  return sums[bottom + right]! - sums[bottom + left]! - sums[top + right]! + sums[top + left]!;
}

/** Makes a vector one long and returns how long it was. */
function toUnit(vector: Float32Array): number {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return length;
}
