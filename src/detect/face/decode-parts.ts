import type { FaceFeature } from '../../core/detection.js';
import { isPeak, type CellMap } from '../../models/cell-map.js';
import type { SeenFace } from './seen-face.js';

/** A visible face, or a feature of one. */
export interface FacePart extends SeenFace {
  readonly part: 'face' | FaceFeature;
}

/** In the order of the network's planes. */
const PARTS = ['face', 'eye', 'nose', 'mouth', 'ear'] as const;
/** For each part: a score 0–1, then the distances from the cell's centre to the left, upper, right and lower side. */
const PLANES = 5;

/**
 * The parts seen in one look, in pixels of the input. Only cells without a higher-scoring neighbour count, because
 * several cells around the middle of a part give the same box.
 * @param map five planes for each of five parts
 * @param minScore parts below are left out
 */
export function decodeParts(map: CellMap, minScore: number): FacePart[] {
  const { stride, width, height, data } = map;
  const plane = width * height;
  const parts: FacePart[] = [];
  for (const [kind, part] of PARTS.entries()) {
    const from = kind * PLANES * plane;
    for (let cell = 0; cell < plane; cell++) {
      const score = data[from + cell] as number;
      const [column, row] = [cell % width, Math.floor(cell / width)];
      if (!(score >= minScore) || !isPeak(map, from, column, row)) continue;
      const [left, upper, right, lower] = [1, 2, 3, 4].map(
        (side) => data[from + side * plane + cell] as number,
      ) as [number, number, number, number];
      const box = {
        x: (column + 0.5) * stride - left,
        y: (row + 0.5) * stride - upper,
        width: left + right,
        height: upper + lower,
      };
      parts.push({ part, box, score });
    }
  }
  return parts;
}
