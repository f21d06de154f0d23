import type { Point, Polygon } from '../core/geometry.js';
import { convexHull } from './convex.js';
import type { ProbabilityMap } from './probability-map.js';

/** Pixels that touch each other, if only at corners; each given as row × width + column. */
export type Component = readonly number[];

/**
 * The 8-connected regions of a map that exceed a threshold, in reading order of their first pixel.
 * @param threshold 0–1, exclusive
 * @param minArea smaller regions are left out; in pixels
 */
export function findComponents(map: ProbabilityMap, threshold: number, minArea: number): Component[] {
  const { width, height, data } = map;
  // A typed array's from() goes value by value through an iterator: ten times slower than this loop.
  const open = new Uint8Array(width * height);
  for (let p = 0; p < open.length; p++) if ((data[p] as number) > threshold) open[p] = 1;
  const components: Component[] = [];
  for (let start = 0; start < width * height; start++) {
    if (open[start] === 0) continue;
    const pixels = takeComponent(open, width, height, start);
    if (pixels.length >= minArea) components.push(pixels);
  }
  return components;
}

/** Flood fill; clears what it takes from `open`. */
function takeComponent(open: Uint8Array, width: number, height: number, start: number): number[] {
  const pixels = [start];
  open[start] = 0;
  for (let next = 0; next < pixels.length; next++) {
    const p = pixels[next] as number;
    const x = p % width;
    const y = (p - x) / width;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const n = ny * width + nx;
        if (open[n] === 0) continue;
        open[n] = 0;
        pixels.push(n);
      }
    }
  }
  return pixels;
}

/** The convex hull of the pixels' outer corners, in pixels of a map that is `width` wide. */
export function componentHull(pixels: Component, width: number): Polygon {
  return convexHull(outerCorners(pixels, width));
}

/** Corners of the first and last pixel of every row: their hull is the hull of all pixels. */
function outerCorners(pixels: readonly number[], width: number): Point[] {
  const rows = new Map<number, [first: number, last: number]>();
  for (const p of pixels) {
    const x = p % width;
    const y = (p - x) / width;
    const row = rows.get(y);
    if (!row) rows.set(y, [x, x]);
    else if (x < row[0]) row[0] = x;
    else if (x > row[1]) row[1] = x;
  }
  return [...rows].flatMap(([y, [first, last]]): Point[] => [
    [first, y],
    [first, y + 1],
    [last + 1, y],
    [last + 1, y + 1],
  ]);
}
