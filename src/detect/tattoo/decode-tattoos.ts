import type { Polygon } from '../../core/geometry.js';
import { findComponents } from '../../imaging/map-components.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';
import { convexCover, type Cell } from './convex-cover.js';

export interface TattooThresholds {
  /** Cells above it, on the map of what may be ink, belong to a tattoo when it is one; 0–1. */
  readonly reach: number;
  /** What its surest cell must exceed, on the map of what surely is; 0–1. */
  readonly sure: number;
  /** Fewer cells are noise. */
  readonly minCells: number;
  /** More are another look's to judge. */
  readonly maxCells: number;
}

/** A convex piece of a tattoo, in cells of the map. */
export interface TattooPiece {
  readonly polygon: Polygon;
  /** The surest cell of the whole tattoo, 0–1. */
  readonly score: number;
}

/**
 * Tattoos by hysteresis (Canny 1986): what hangs together above one threshold on one map and exceeds a higher one somewhere
 * on another.
 * @param maybe, surely of the same size
 */
export function decodeTattoos(
  maybe: ProbabilityMap,
  surely: ProbabilityMap,
  { reach, sure, minCells, maxCells }: TattooThresholds,
): TattooPiece[] {
  return findComponents(maybe, reach, minCells).flatMap((pixels) => {
    const score = pixels.reduce((most, pixel) => Math.max(most, surely.data[pixel] as number), 0);
    if (score <= sure || pixels.length > maxCells) return [];
    const cells = pixels.map((pixel): Cell => [pixel % maybe.width, Math.floor(pixel / maybe.width)]);
    return convexCover(cells).map((polygon) => ({ polygon, score }));
  });
}
