import type { FloatTensor } from '../../models/onnx-engine.js';
import type { CellMap } from '../../models/cell-map.js';

/** One of the eight ways to lay a picture: mirrored (left and right swapped) or not, then turned clockwise. */
export interface Direction {
  readonly isMirrored: boolean;
  /** Quarter turns. */
  readonly turns: 0 | 1 | 2 | 3;
}

/** The picture as it is comes first. */
export const DIRECTIONS: readonly Direction[] = ([0, 1, 2, 3] as const).flatMap((turns) =>
  [false, true].map((isMirrored) => ({ isMirrored, turns })),
);

/** Planes per part: a score, then the distances to the left, upper, right and lower side. */
const PLANES = 5;
/** Which plane each comes from: in a mirror left and right swap; turned clockwise, the lower side becomes the left. */
const IN_A_MIRROR = [0, 3, 2, 1, 4] as const;
const TURNED = [0, 4, 1, 2, 3] as const;
/** Added to every weight, so that a cell in which no look sees anything gets distances too. */
const LEAST_WEIGHT = 1e-6;

/** Planes one after the other, each row by row. */
interface Planes {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Lays an input in a direction. @param input 1 × planes × height × width */
export function laid(input: FloatTensor, { isMirrored, turns }: Direction): FloatTensor {
  const [, planes = 0, height = 0, width = 0] = input.dims;
  let picture: Planes = { width, height, data: input.data };
  if (isMirrored) picture = mirrored(picture);
  for (let turn = 0; turn < turns; turn++) picture = turnedClockwise(picture);
  return { data: picture.data, dims: [1, planes, picture.height, picture.width] };
}

/**
 * Turns a network's answer to a picture laid in a direction into the answer for the picture as it is.
 * @param map five planes for each part
 */
export function laidBack(map: CellMap, { isMirrored, turns }: Direction): CellMap {
  let back: Planes = map;
  for (let turn = turns; turn % 4 > 0; turn++) back = withSides(turnedClockwise(back), TURNED);
  if (isMirrored) back = withSides(mirrored(back), IN_A_MIRROR);
  return { ...map, ...back };
}

/** The same for a map of one plane, which knows no sides. */
export function planeLaidBack(map: CellMap, { isMirrored, turns }: Direction): CellMap {
  let back: Planes = map;
  for (let turn = turns; turn % 4 > 0; turn++) back = turnedClockwise(back);
  if (isMirrored) back = mirrored(back);
  return { ...map, ...back };
}

/** The plain mean of maps of one size. */
export function meanPlane(maps: readonly CellMap[]): CellMap {
  const [first] = maps;
  if (!first) throw new RangeError('Expected at least one map but received none');
  const mean = first.data.map((_, cell) =>
    maps.reduce((sum, { data }) => sum + (data[cell] as number) / maps.length, 0),
  );
  return { ...first, data: mean };
}

/**
 * The mean of several looks' answers to a picture: the plain mean of scores, and of distances weighted by each score.
 * @param maps of one size, five planes for each part
 */
export function meanMap(maps: readonly CellMap[]): CellMap {
  const [first] = maps;
  if (!first) throw new RangeError('Expected at least one map but received none');
  const plane = first.width * first.height;
  const data = new Float32Array(first.data.length);
  for (let from = 0; from < data.length; from += PLANES * plane) {
    for (let cell = from; cell < from + plane; cell++) {
      let total = 0;
      for (const map of maps) {
        const score = map.data[cell] as number;
        data[cell] = (data[cell] as number) + score / maps.length;
        total += score + LEAST_WEIGHT;
      }
      for (const map of maps) {
        const weight = ((map.data[cell] as number) + LEAST_WEIGHT) / total;
        for (let at = cell + plane; at < from + PLANES * plane; at += plane) {
          data[at] = (data[at] as number) + weight * (map.data[at] as number);
        }
      }
    }
  }
  return { ...first, data };
}

function mirrored({ width, height, data }: Planes): Planes {
  const turned = data.slice();
  for (let row = 0; row < turned.length; row += width) turned.subarray(row, row + width).reverse();
  return { width, height, data: turned };
}

function turnedClockwise({ width, height, data }: Planes): Planes {
  const turned = new Float32Array(data.length);
  for (let from = 0; from < data.length; from += width * height) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        turned[from + x * height + (height - 1 - y)] = data[from + y * width + x] as number;
      }
    }
  }
  return { width: height, height: width, data: turned };
}

/** Reorders the planes of each part. */
function withSides({ width, height, data }: Planes, order: readonly number[]): Planes {
  const plane = width * height;
  const ordered = new Float32Array(data.length);
  for (let from = 0; from < data.length; from += PLANES * plane) {
    for (const [to, before] of order.entries()) {
      ordered.set(data.subarray(from + before * plane, from + (before + 1) * plane), from + to * plane);
    }
  }
  return { width, height, data: ordered };
}
