import type { Box } from '../../core/geometry.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';

/** How much the coarser look counts: it sees a drawing as a whole. */
const COARSE_WEIGHT = 0.65;

/**
 * The weighted geometric mean, high only where both looks agree: ink looks like ink at both sizes, a rash or a naevus
 * rarely does.
 */
export function agreement(fine: number, coarse: number): number {
  return fine ** (1 - COARSE_WEIGHT) * coarse ** COARSE_WEIGHT;
}

const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

/**
 * Joins two looks at the same picture, cell by cell, on the grid of the finer one.
 * @param part the part of the coarse look that the fine one shows; as shares of the coarse look's width and height
 */
export function joinMaps(
  fine: ProbabilityMap,
  coarse: ProbabilityMap,
  join: (a: number, b: number) => number,
  part = WHOLE,
): ProbabilityMap {
  const { width, height } = fine;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [row, nextRow, down] = neighbours(part.y + ((y + 0.5) / height) * part.height, coarse.height);
    for (let x = 0; x < width; x++) {
      const [column, nextColumn, across] = neighbours(
        part.x + ((x + 0.5) / width) * part.width,
        coarse.width,
      );
      const at = (r: number, c: number) => coarse.data[r * coarse.width + c] as number;
      const upper = at(row, column) * (1 - across) + at(row, nextColumn) * across;
      const lower = at(nextRow, column) * (1 - across) + at(nextRow, nextColumn) * across;
      const p = y * width + x;
      data[p] = join(fine.data[p] as number, upper * (1 - down) + lower * down);
    }
  }
  return { width, height, data };
}

/** For bilinear interpolation between centres of cells: the two cells around a place (0–1), and the second's share. */
function neighbours(place: number, count: number): [number, number, number] {
  const exact = Math.min(Math.max(place * count - 0.5, 0), count - 1);
  const first = Math.floor(exact);
  return [first, Math.min(first + 1, count - 1), exact - first];
}
