import type { Point } from '../core/geometry.js';
import { ImageDeidError } from '../core/errors.js';
import type { FloatTensor } from './onnx-engine.js';

/** What a network says of every cell of its input: one plane after another, each row by row. */
export interface CellMap {
  /** How far apart neighbouring cells are, in pixels of the input. */
  readonly stride: number;
  /** In cells, as is the height. */
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * Reads a network's output as a map with the given number of planes.
 * @param input size of the network's input in pixels
 * @throws {ImageDeidError} detector-failed, when the output is absent or has another size
 */
export function cellMap(
  model: string,
  output: FloatTensor | undefined,
  input: { readonly width: number; readonly height: number },
  stride: number,
  planes: number,
): CellMap {
  const [width, height] = [input.width / stride, input.height / stride];
  if (output?.data.length === planes * width * height) return { stride, width, height, data: output.data };
  throw unexpectedSize(model);
}

/** The error for an answer whose size is not the one in the model's card. */
export function unexpectedSize(model: string): ImageDeidError {
  const message = `The model ${model} gave a map of an unexpected size`;
  return new ImageDeidError('detector-failed', 'detect', message);
}

/** Whether no neighbour of a cell has a higher value in a plane that begins at `from`. */
export function isPeak({ width, height, data }: CellMap, from: number, column: number, row: number): boolean {
  const value = data[from + row * width + column] as number;
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
      if ((data[from + y * width + x] as number) > value) return false;
    }
  }
  return true;
}

/** The value of a map of one plane at a point in pixels of the input, between cells bilinear, beyond them the nearest. */
export function valueAt({ stride, width, height, data }: CellMap, [x, y]: Point): number {
  const within = (cell: number, cells: number) => Math.min(cells - 1, Math.max(0, cell));
  const [u, v] = [within(x / stride - 0.5, width), within(y / stride - 0.5, height)];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const at = (column: number, row: number) =>
    data[within(row, height) * width + within(column, width)] as number;
  const [right, down] = [u - left, v - top];
  const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
  const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
  return upper * (1 - down) + lower * down;
}
