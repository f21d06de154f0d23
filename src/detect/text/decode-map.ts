import type { Point, Polygon } from '../../core/geometry.js';
import { boundingBox } from '../../core/geometry.js';
import { componentHull, findComponents } from '../network/components.js';
import type { ProbabilityMap } from '../network/probability-map.js';
import { growRect, minAreaRect, rectCorners } from '../../core/rotated-rect.js';

export interface DecodeSettings {
  /** Above it a pixel belongs to text; 0–1. */
  readonly pixelThreshold: number;
  /** Mean probability inside the rectangle from which it counts; 0–1. */
  readonly boxThreshold: number;
  /** The network is trained on shrunk text; each side moves out by area × ratio / perimeter. */
  readonly unclipRatio: number;
  /** Shorter sides (before growing) are noise; in pixels of the map. */
  readonly minSide: number;
}

/** One piece of text, in pixels of the map. */
export interface TextRegion {
  /** Four corners of a rectangle at any angle; may reach beyond the map. */
  readonly polygon: Polygon;
  /** Mean probability inside the rectangle before growing, 0–1. */
  readonly score: number;
}

/**
 * Turns the map of a differentiable-binarization network into rectangles, as PaddleOCR's DBPostProcess does
 * (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020). For a rectangle,
 * Vatti's offset is a shift of every side.
 */
export function decodeMap(map: ProbabilityMap, settings: DecodeSettings): TextRegion[] {
  const regions: TextRegion[] = [];
  for (const pixels of findComponents(map, settings.pixelThreshold, settings.minSide)) {
    const rect = minAreaRect(componentHull(pixels, map.width));
    if (Math.min(rect.length, rect.breadth) < settings.minSide) continue;
    const score = meanInside(map, rectCorners(rect));
    if (score < settings.boxThreshold) continue;
    const area = rect.length * rect.breadth;
    const perimeter = 2 * (rect.length + rect.breadth);
    regions.push({ polygon: rectCorners(growRect(rect, (area * settings.unclipRatio) / perimeter)), score });
  }
  return regions;
}

/** The mean over pixels whose centre lies in a convex polygon; 0 when there is none. */
export function meanInside(map: ProbabilityMap, polygon: Polygon): number {
  const box = boundingBox(polygon);
  const y0 = Math.max(0, Math.floor(box.y));
  const y1 = Math.min(map.height - 1, Math.ceil(box.y + box.height));
  let sum = 0;
  let count = 0;
  for (let y = y0; y <= y1; y++) {
    const [from, to] = spanAt(polygon, y + 0.5);
    const x0 = Math.max(0, Math.ceil(from - 0.5));
    const x1 = Math.min(map.width - 1, Math.floor(to - 0.5));
    for (let x = x0; x <= x1; x++) {
      sum += map.data[y * map.width + x] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Where a horizontal line cuts a convex polygon; [Infinity, -Infinity] when it does not. */
function spanAt(polygon: Polygon, y: number): [from: number, to: number] {
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    if (yi > y === yj > y) continue;
    const x = xi + ((y - yi) / (yj - yi)) * (xj - xi);
    from = Math.min(from, x);
    to = Math.max(to, x);
  }
  return [from, to];
}
