import { ImageDeidError } from '../core/errors.js';
import type { FloatTensor } from './onnx-engine.js';

/** What a network says of every cell of its input, plane after plane, each row by row. */
export interface CellMap {
  /** Pixels of the input from one cell to the next. */
  readonly stride: number;
  /** Cells. */
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * An output as a map of so many planes.
 * @param input its size in pixels
 * @throws {ImageDeidError} detector-failed, when it is absent or has another size
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

/** For an answer that is not what the model's card says. */
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
