import type { Point } from './geometry.js';

const ROWS = ['top', 'middle', 'bottom'] as const;
const COLUMNS = ['left', 'centre', 'right'] as const;

/** The ninths of a picture, row by row. */
export const PLACES = [
  'top-left',
  'top-centre',
  'top-right',
  'middle-left',
  'middle-centre',
  'middle-right',
  'bottom-left',
  'bottom-centre',
  'bottom-right',
] as const;
export type Place = (typeof PLACES)[number];

/** The places of a picture in which the points lie, each once; a point outside counts as in the nearest place. */
export function placesOf(
  points: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
): Place[] {
  const third = (at: number, length: number) =>
    Math.min(2, Math.max(0, Math.floor((3 * at) / length))) as 0 | 1 | 2;
  const places = points.map(([x, y]): Place => `${ROWS[third(y, height)]}-${COLUMNS[third(x, width)]}`);
  return [...new Set(places)];
}
