import type { Point } from './geometry.js';

const ROWS = ['upper', '', 'lower'] as const;
const COLUMNS = ['left', '', 'right'] as const;

/** Where a point lies in a picture, in words: "at the upper left", "at the bottom", "in the middle". */
export function placeInWords(
  [x, y]: Point,
  size: { readonly width: number; readonly height: number },
): string {
  const third = (at: number, length: number) =>
    Math.min(2, Math.max(0, Math.floor((3 * at) / length))) as 0 | 1 | 2;
  const row = ROWS[third(y, size.height)];
  const column = COLUMNS[third(x, size.width)];
  if (row === '' && column === '') return 'in the middle';
  if (column === '') return row === 'upper' ? 'at the top' : 'at the bottom';
  return row === '' ? `at the ${column}` : `at the ${row} ${column}`;
}

/** The same of several points, each place once: "at the top and in the middle". */
export function placesInWords(
  points: readonly Point[],
  size: { readonly width: number; readonly height: number },
): string {
  const places = [...new Set(points.map((point) => placeInWords(point, size)))];
  const last = places.pop();
  return places.length === 0 ? (last ?? 'nowhere') : `${places.join(', ')} and ${last ?? ''}`;
}
