import type { Polygon } from '../../core/geometry.js';
import { findComponents } from '../network/components.js';
import type { ProbabilityMap } from '../network/index.js';
import { convexCover, type Cell } from './convex-cover.js';

export interface TattooThresholds {
  /** Cells above it belong to a tattoo when it is one; 0–1. */
  readonly reach: number;
  /** What its surest cell must exceed; 0–1. */
  readonly sure: number;
  /** Fewer cells are noise. */
  readonly minCells: number;
}

/** A convex piece of a tattoo, in cells of the map. */
export interface TattooPiece {
  readonly polygon: Polygon;
  /** The surest cell of the whole tattoo, 0–1. */
  readonly score: number;
}

/** Tattoos by hysteresis (Canny 1986): what hangs together above one threshold and exceeds a higher one somewhere. */
export function decodeTattoos(
  map: ProbabilityMap,
  { reach, sure, minCells }: TattooThresholds,
): TattooPiece[] {
  return findComponents(map, reach, minCells).flatMap((pixels) => {
    const score = pixels.reduce((most, pixel) => Math.max(most, map.data[pixel] as number), 0);
    if (score <= sure) return [];
    const cells = pixels.map((pixel): Cell => [pixel % map.width, Math.floor(pixel / map.width)]);
    return convexCover(cells).map((polygon) => ({ polygon, score }));
  });
}
