import type { ProbabilityMap } from '../network/index.js';

/** High only where both looks agree: ink looks like ink at both sizes, a rash or a naevus rarely does. */
export const geometricMean = (a: number, b: number) => Math.sqrt(a * b);

/** Two looks at the same picture made one, cell by cell, on the grid of the finer one. */
export function joinMaps(
  fine: ProbabilityMap,
  coarse: ProbabilityMap,
  join: (a: number, b: number) => number,
): ProbabilityMap {
  const { width, height } = fine;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [row, nextRow, down] = neighbours(y, height, coarse.height);
    for (let x = 0; x < width; x++) {
      const [column, nextColumn, across] = neighbours(x, width, coarse.width);
      const at = (r: number, c: number) => coarse.data[r * coarse.width + c] as number;
      const upper = at(row, column) * (1 - across) + at(row, nextColumn) * across;
      const lower = at(nextRow, column) * (1 - across) + at(nextRow, nextColumn) * across;
      const p = y * width + x;
      data[p] = join(fine.data[p] as number, upper * (1 - down) + lower * down);
    }
  }
  return { width, height, data };
}

/** For bilinear interpolation between the centres of cells: the two coarse cells and the share of the second one. */
function neighbours(at: number, count: number, coarseCount: number): [number, number, number] {
  const exact = Math.min(Math.max(((at + 0.5) / count) * coarseCount - 0.5, 0), coarseCount - 1);
  const first = Math.floor(exact);
  return [first, Math.min(first + 1, coarseCount - 1), exact - first];
}
