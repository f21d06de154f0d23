import {
  mixed,
  nodeOf,
  pixelsPerPixel,
  smooth,
  type Octave,
  type Resampling,
} from './irregular-resampling.js';
import { shareOf } from './straighten.js';

/** For each pixel of a row of the result, the column of cells that it lies in, and its place between their nodes. */
export interface Columns {
  readonly cell: Int32Array;
  readonly share: Float64Array;
}

export function columnsOf({ spacing }: Octave, width: number): Columns {
  const cell = new Int32Array(width);
  const share = new Float64Array(width);
  for (let u = 0; u < width; u++) {
    const across = (u + 0.5) / spacing;
    const i = Math.floor(across);
    cell[u] = i;
    share[u] = smooth(across - i);
  }
  return { cell, share };
}

/**
 * Where in the source the centres of a row's pixels come from; in pixels, from the centre of the source's first pixel.
 * @param columns for each octave
 */
export function sourcesOfRow(
  v: number,
  resampling: Resampling,
  columns: readonly Columns[],
  atX: Float64Array,
  atY: Float64Array,
): void {
  const [kx, ky] = pixelsPerPixel(resampling);
  const [left, top] = resampling.inset;
  const { octaves, straight } = resampling;
  const y = v + 0.5;
  for (let u = 0; u < atX.length; u++) {
    atX[u] = left + (u + 0.5) * kx - 0.5;
    atY[u] = top + y * ky - 0.5;
  }
  for (const [k, octave] of octaves.entries()) addShifts(octave, columns[k] as Columns, y, atX, atY);
  for (const area of straight) {
    const { box, margin } = area;
    if (y < box.y - margin || y > box.y + box.height + margin) continue;
    const end = Math.min(atX.length, Math.ceil(box.x + box.width + margin));
    for (let u = Math.max(0, Math.floor(box.x - margin)); u < end; u++) {
      const share = shareOf(area, u + 0.5, y);
      const [x0, y0] = [left + (u + 0.5) * kx - 0.5, top + y * ky - 0.5];
      atX[u] = (atX[u] as number) + share * (area.shift[0] - (atX[u] as number) + x0);
      atY[u] = (atY[u] as number) + share * (area.shift[1] - (atY[u] as number) + y0);
    }
  }
}

type FourNumbers = [number, number, number, number];

/** Adds the shifts of a row's pixels to where they come from. */
function addShifts(octave: Octave, columns: Columns, y: number, atX: Float64Array, atY: Float64Array): void {
  const { spacing, dx, dy } = octave;
  const { cell, share } = columns;
  const j = Math.floor(y / spacing);
  const t = smooth(y / spacing - j);
  for (let u = 0; u < atX.length;) {
    const i = cell[u] as number;
    const a = nodeOf(i, j, octave.columns, dx.length);
    const b = nodeOf(i + 1, j, octave.columns, dx.length);
    const c = nodeOf(i, j + 1, octave.columns, dx.length);
    const d = nodeOf(i + 1, j + 1, octave.columns, dx.length);
    const [xa, xb, xc, xd] = [dx[a], dx[b], dx[c], dx[d]] as FourNumbers;
    const [ya, yb, yc, yd] = [dy[a], dy[b], dy[c], dy[d]] as FourNumbers;
    for (; u < atX.length && cell[u] === i; u++) {
      const s = share[u] as number;
      atX[u] = (atX[u] as number) + mixed(xa, xb, xc, xd, s, t);
      atY[u] = (atY[u] as number) + mixed(ya, yb, yc, yd, s, t);
    }
  }
}
