import type { Box } from '../../core/geometry.js';
import type { FaceMap } from './face-map.js';

/** A face as one look saw it: in pixels of the network's input while it is decoded, then of the photo. */
export interface SeenFace {
  readonly box: Box;
  /** 0–1, as the network gives it. */
  readonly score: number;
}

/**
 * The faces of one map, in pixels of the network's input; may reach beyond it. A cell counts when no neighbour has a
 * higher score: around its middle, a face answers from several cells with the same box.
 * @param minScore faces below are left out
 */
export function decodeFaces(map: FaceMap, minScore: number): SeenFace[] {
  const { stride, width, height, data } = map;
  const plane = width * height;
  const faces: SeenFace[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      const score = data[cell] as number;
      if (!(score >= minScore) || !isPeak(data, width, height, column, row)) continue;
      const [left, upper, right, lower] = [1, 2, 3, 4].map((side) => data[side * plane + cell] as number) as [
        number,
        number,
        number,
        number,
      ];
      const box = {
        x: (column + 0.5) * stride - left,
        y: (row + 0.5) * stride - upper,
        width: left + right,
        height: upper + lower,
      };
      faces.push({ box, score });
    }
  }
  return faces;
}

function isPeak(scores: Float32Array, width: number, height: number, column: number, row: number): boolean {
  const score = scores[row * width + column] as number;
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
      if ((scores[y * width + x] as number) > score) return false;
    }
  }
  return true;
}
