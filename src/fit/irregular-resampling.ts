import type { Box, Point, Polygon } from '../core/geometry.js';
import { convexHull, growPolygon } from '../imaging/convex.js';
import { shareOf, straightAreas, type StraightArea } from './straighten.js';

/**
 * A slight irregular shrinking. A sensor's fingerprint is as fine as its pixels (Lukáš, Fridrich and Goljan 2006): when
 * every part of the photo is shifted by a different number of pixels and fractions, no search over shift, scale and
 * rotation can lay it on the sensor's grid again, while a lesion still looks the same.
 */
export interface Resampling {
  /** Size of the source, in pixels. */
  readonly from: Size;
  /** Size of the result, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the source left out at the left and right, and at the top and bottom, so that no shift reaches beyond. */
  readonly inset: Point;
  readonly octaves: readonly Octave[];
  readonly straight: readonly StraightArea[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shifts at the nodes of a grid over the result, smooth in between. */
export interface Octave {
  /** Pixels of the result from node to node. */
  readonly spacing: number;
  readonly columns: number;
  /** The longest shift a node may have. */
  readonly longest: number;
  /** The shift of each node, row by row: to the right and downwards, in pixels of the source. */
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/** Size of the result ÷ the source. Attackers can see it from the sizes, but cannot undo the interpolation it needs. */
export const LEAST_SCALE = 0.9;
const MOST_SCALE = 0.97;
/**
 * The two grids: the most pixels from node to node, the fewest cells along the longer side, and a node's longest shift
 * in pixels. The finest structure that is compared repeats every 2 to 4 pixels; shifts that differ by as much destroy
 * it.
 */
const GRIDS = [
  { spacing: 400, cells: 3, longest: 8 },
  { spacing: 200, cells: 6, longest: 4 },
] as const;
/** The longest shift as a share of the spacing: keeps small photos from warping, and the mapping one to one. */
const MOST_STEEPNESS = 0.025;
/** The shortest shift of a node as a share of the longest. */
const LEAST_SHIFT = 0.5;
/** This many sets of shifts are drawn, and the one that leaves least of the photo shifted alike is used. */
const DRAWS = 12;
/**
 * Judged at this many places along each side; shifts that differ by `ALIKE` pixels leave fine structure little in
 * common.
 */
const PLACES = 16;
const ALIKE = 0.7;
/** The largest inset, as a share of the shorter side. */
const MOST_INSET = 1 / 16;
/** A pixel is mixed from pixels up to this many away. */
const REACH = 2;
/** The longest piece of an edge that is moved as a straight line, and more than such a piece can bend; in pixels. */
const STRAIGHT = 8;
const BEND = 0.5;
/**
 * Each step leaves at most a third of the error (3 · MOST_STEEPNESS per grid and axis); in the end, under 1e-6 pixels.
 */
const INVERSE_STEPS = 20;
/**
 * @param random uniform in [0, 1)
 * @param straight areas of the source, in pixels, in which lengths keep their proportion to a percent
 */
export function planResampling(
  width: number,
  height: number,
  random: () => number,
  straight: readonly Box[] = [],
): Resampling {
  const scale = LEAST_SCALE + (MOST_SCALE - LEAST_SCALE) * random();
  const smaller = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  let [octaves, least] = [[] as readonly Octave[], Infinity];
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = GRIDS.map((grid) => drawOctave(grid, smaller, random));
    const alike = shiftedAlike(drawn, smaller);
    if (alike < least) [octaves, least] = [drawn, alike];
  }
  const reach = octaves.reduce((sum, { longest }) => sum + longest, 0);
  const short = Math.min(width, height);
  const inset = Math.min(reach, MOST_INSET * short);
  // In proportion, a circle stays round.
  const insets: Point =
    straight.length > 0 ? [(inset * width) / short, (inset * height) / short] : [inset, inset];
  const unshifted = { from: { width, height }, ...smaller, inset: insets, octaves, straight: [] };
  const [kx, ky] = pixelsPerPixel(unshifted);
  const boxes = straight.map((box) => ({
    x: (box.x - insets[0]) / kx,
    y: (box.y - insets[1]) / ky,
    width: box.width / kx,
    height: box.height / ky,
  }));
  return { ...unshifted, straight: straightAreas(boxes, (x, y) => shiftAt(x, y, octaves, [])) };
}

function drawOctave(grid: (typeof GRIDS)[number], { width, height }: Size, random: () => number): Octave {
  const long = Math.max(width, height);
  const spacing = long / Math.max(grid.cells, Math.ceil(long / grid.spacing));
  const longest = Math.min(grid.longest, MOST_STEEPNESS * spacing);
  const columns = Math.ceil(width / spacing) + 1;
  const nodes = columns * (Math.ceil(height / spacing) + 1);
  const dx = new Float64Array(nodes);
  const dy = new Float64Array(nodes);
  for (let n = 0; n < nodes; n++) {
    const length = longest * (LEAST_SHIFT + (1 - LEAST_SHIFT) * random());
    const direction = 2 * Math.PI * random();
    dx[n] = length * Math.cos(direction);
    dy[n] = length * Math.sin(direction);
  }
  return { spacing, columns, longest, dx, dy };
}

/**
 * How much of the photo is shifted alike once the closest affine mapping is subtracted: for all pairs of places, the
 * sum of what their fine structures still have in common.
 */
function shiftedAlike(octaves: readonly Octave[], { width, height }: Size): number {
  const dx = new Float64Array(PLACES * PLACES);
  const dy = new Float64Array(PLACES * PLACES);
  for (let p = 0; p < dx.length; p++) {
    const x = ((p % PLACES) + 0.5) / PLACES;
    const y = (Math.floor(p / PLACES) + 0.5) / PLACES;
    [dx[p], dy[p]] = shiftAt(x * width, y * height, octaves, []);
  }
  takeAffineOff(dx);
  takeAffineOff(dy);
  let alike = 0;
  for (let p = 0; p < dx.length; p++) {
    for (let q = 0; q < p; q++) {
      const apart =
        ((dx[p] as number) - (dx[q] as number)) ** 2 + ((dy[p] as number) - (dy[q] as number)) ** 2;
      alike += Math.exp(-apart / (2 * ALIKE ** 2));
    }
  }
  return alike;
}

/**
 * Subtracts the least-squares plane from values at the places; they form a square, so mean and slopes are independent.
 */
function takeAffineOff(values: Float64Array): void {
  const centred = (k: number) => (k + 0.5) / PLACES - 0.5;
  let [sum, across, down, spread] = [0, 0, 0, 0];
  values.forEach((value, p) => {
    sum += value;
    across += value * centred(p % PLACES);
    down += value * centred(Math.floor(p / PLACES));
    spread += centred(p % PLACES) ** 2;
  });
  values.forEach((value, p) => {
    const slope = across * centred(p % PLACES) + down * centred(Math.floor(p / PLACES));
    values[p] = value - sum / values.length - slope / spread;
  });
}

/** Where in the source a point of the result comes from; both in pixels. */
export function sourceOf([x, y]: Point, resampling: Resampling): Point {
  const [dx, dy] = shiftAt(x, y, resampling.octaves, resampling.straight);
  const [left, top] = resampling.inset;
  const [kx, ky] = pixelsPerPixel(resampling);
  return [left + x * kx + dx, top + y * ky + dy];
}

/** Where in the result a point of the source lies: the inverse of `sourceOf`, exact to a millionth of a pixel. */
export function resultOf([x, y]: Point, resampling: Resampling): Point {
  const [left, top] = resampling.inset;
  const [kx, ky] = pixelsPerPixel(resampling);
  let point: Point = [(x - left) / kx, (y - top) / ky];
  for (let i = 0; i < INVERSE_STEPS; i++) {
    const [dx, dy] = shiftAt(point[0], point[1], resampling.octaves, resampling.straight);
    const next: Point = [(x - left - dx) / kx, (y - top - dy) / ky];
    // From here on it would stay the same, to the bit.
    if (next[0] === point[0] && next[1] === point[1]) break;
    point = next;
  }
  return point;
}

/** Pixels of the source per pixel of the result, to the right and downwards. */
export function pixelsPerPixel({ from, width, height, inset: [left, top] }: Resampling): Point {
  return [(from.width - 2 * left) / width, (from.height - 2 * top) / height];
}

function shiftAt(x: number, y: number, octaves: readonly Octave[], straight: readonly StraightArea[]): Point {
  let [sx, sy] = [0, 0];
  for (const { spacing, columns, dx, dy } of octaves) {
    const [i, j] = [Math.floor(x / spacing), Math.floor(y / spacing)];
    const [s, t] = [smooth(x / spacing - i), smooth(y / spacing - j)];
    const a = nodeOf(i, j, columns, dx.length);
    const b = nodeOf(i + 1, j, columns, dx.length);
    const c = nodeOf(i, j + 1, columns, dx.length);
    const d = nodeOf(i + 1, j + 1, columns, dx.length);
    sx += mixed(dx[a] as number, dx[b] as number, dx[c] as number, dx[d] as number, s, t);
    sy += mixed(dy[a] as number, dy[b] as number, dy[c] as number, dy[d] as number, s, t);
  }
  for (const area of straight) {
    const share = shareOf(area, x, y);
    sx += share * (area.shift[0] - sx);
    sy += share * (area.shift[1] - sy);
  }
  return [sx, sy];
}

/** The number of a node; beyond the photo, that of the nearest node. */
export function nodeOf(column: number, row: number, columns: number, length: number): number {
  return clamp(row, length / columns - 1) * columns + clamp(column, columns - 1);
}

/** A curve from 0 to 1 without a bend at its ends, for the place between two nodes, 0–1. */
export function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

/** Maps a convex polygon of the source to one in the result that holds every pixel mixed from pixels of the former. */
export function mapPolygon(polygon: Polygon, resampling: Resampling): Polygon {
  const points = polygon.flatMap((end, i) => {
    const [x0, y0] = polygon[(i + polygon.length - 1) % polygon.length] as Point;
    const count = Math.ceil(Math.hypot(end[0] - x0, end[1] - y0) / STRAIGHT) + 1;
    return Array.from({ length: count }, (_, k): Point => {
      const share = (k + 1) / count;
      return [x0 + (end[0] - x0) * share, y0 + (end[1] - y0) * share];
    });
  });
  // A source pixel that the polygon cuts through counts in full.
  return growPolygon(convexHull(points.map((point) => resultOf(point, resampling))), REACH + BEND);
}

/** What lies between the values of four nodes; `s` and `t` are the smoothed place between them. */
export function mixed(a: number, b: number, c: number, d: number, s: number, t: number): number {
  return (a * (1 - s) + b * s) * (1 - t) + (c * (1 - s) + d * s) * t;
}

/** The value, between 0 and `most`. */
function clamp(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value;
}
