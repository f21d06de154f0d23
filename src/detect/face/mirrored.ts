import type { FloatTensor } from '../../models/onnx-engine.js';
import type { CellMap } from './map.js';

/** Score, then the distances to the left, upper, right and lower side: in a mirror left and right change places. */
const PLANES = 5;
const IN_A_MIRROR = [0, 3, 2, 1, 4] as const;
/** So that a cell in which neither look sees anything has a distance too. */
const LEAST_WEIGHT = 1e-6;

/** An input as a mirror shows it. @param input 1 × planes × height × width */
export function mirrored({ data, dims }: FloatTensor): FloatTensor {
  const width = dims[3] as number;
  const turned = data.slice();
  for (let row = 0; row < turned.length; row += width) turned.subarray(row, row + width).reverse();
  return { data: turned, dims };
}

/**
 * The mean of what a network says of a picture and of its mirror image: scores as they are, distances as far as either look
 * is sure of the part.
 * @param map five planes for each part, of the picture
 * @param inMirror the same of its mirror image
 */
export function meanOfBoth(map: CellMap, inMirror: CellMap): CellMap {
  const { width, height } = map;
  const plane = width * height;
  const data = new Float32Array(map.data.length);
  for (let from = 0; from < data.length; from += PLANES * plane) {
    for (let cell = 0; cell < plane; cell++) {
      const other = cell - 2 * (cell % width) + width - 1;
      const at = (look: CellMap, number: number, where: number) =>
        look.data[from + number * plane + where] as number;
      const scores = [at(map, 0, cell), at(inMirror, 0, other)] as const;
      const [one, two] = [scores[0] + LEAST_WEIGHT, scores[1] + LEAST_WEIGHT];
      data[from + cell] = (scores[0] + scores[1]) / 2;
      for (let side = 1; side < PLANES; side++) {
        const there = at(inMirror, IN_A_MIRROR[side] as number, other);
        data[from + side * plane + cell] = (at(map, side, cell) * one + there * two) / (one + two);
      }
    }
  }
  return { ...map, data };
}
