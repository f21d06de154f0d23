import type { Polygon } from '../../core/geometry.js';
import { findComponents } from '../../imaging/map-components.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';
import { convexCover, type Cell } from './convex-cover.js';

export interface TattooThresholds {
  /** Cells above this on the map of possible ink belong to the tattoo, if it is one; 0–1. */
  readonly reach: number;
  /** A tattoo's surest cell on the map of certain ink must exceed this; 0–1. */
  readonly sure: number;
  /** Fewer cells are noise. */
  readonly minCells: number;
  /** Larger ones are left to another look. */
  readonly maxCells: number;
}

/** A convex piece of a tattoo, in cells of the map. */
export interface TattooPiece {
  readonly polygon: Polygon;
  /** The surest cell of the whole tattoo, 0–1. */
  readonly score: number;
}

/**
 * Tattoos by hysteresis (Canny 1986): connected cells above one threshold on one map, of which at least one exceeds a
 * higher threshold on another.
 * @param maybe of the same size as `surely`
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
