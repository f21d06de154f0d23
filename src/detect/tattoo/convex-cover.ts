import { boundingBox, type Point, type Polygon } from '../../core/geometry.js';
import { convexHull, polygonArea } from '../../imaging/convex.js';

/** A cell of a map: column and row. */
export type Cell = readonly [column: number, row: number];

/** How many times as large as its cells a hull may be; more would cover the skin between two arms of a drawing. */
const MOST_GROWTH = 1.5;
/** This many cells or fewer are covered as one, whatever their hull. */
const FEW_CELLS = 6;

/**
 * Convex polygons that together hold every cell and little else, in units of cells. A shape whose hull is too large is
 * halved across its longer side, again and again.
 * @param cells at least one
 */
export function convexCover(cells: readonly Cell[]): Polygon[] {
  const hull = convexHull(cells.flatMap(cellCorners));
  if (cells.length <= FEW_CELLS || polygonArea(hull) <= MOST_GROWTH * cells.length) return [hull];
  const { x, y, width, height } = boundingBox(hull);
  const [axis, middle] = width >= height ? ([0, x + width / 2] as const) : ([1, y + height / 2] as const);
  const first = cells.filter((cell) => cell[axis] + 0.5 < middle);
  const second = cells.filter((cell) => cell[axis] + 0.5 >= middle);
  return [...convexCover(first), ...convexCover(second)];
}

function cellCorners([column, row]: Cell): Point[] {
  return [
    [column, row],
    [column + 1, row],
    [column + 1, row + 1],
    [column, row + 1],
  ];
}
