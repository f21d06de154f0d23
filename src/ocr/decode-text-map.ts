import type { Point, Polygon } from '../core/geometry.js';
import { boundingBox } from '../core/geometry.js';
import { componentHull, findComponents, type Component } from '../imaging/map-components.js';
import type { ProbabilityMap } from '../imaging/probability-map.js';
import { growRect, minAreaRect, rectCorners, type RotatedRect } from '../imaging/rotated-rect.js';

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

/** Of its smallest rectangle, what a straight line of text fills at least. */
const STRAIGHT_FROM = 0.5;
/** So few pixels are not cut further. */
const FEW_PIXELS = 24;

/**
 * Turns the map of a differentiable-binarization network into rectangles, as PaddleOCR's DBPostProcess does
 * (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020). For a rectangle,
 * Vatti's offset is a shift of every side. A line that bends becomes several rectangles.
 */
export function decodeTextMap(map: ProbabilityMap, settings: DecodeSettings): TextRegion[] {
  return findComponents(map, settings.pixelThreshold, settings.minSide).flatMap((pixels) => {
    const rect = minAreaRect(componentHull(pixels, map.width));
    if (Math.min(rect.length, rect.breadth) < settings.minSide) return [];
    if (fills(pixels, rect)) {
      const area = rect.length * rect.breadth;
      const perimeter = 2 * (rect.length + rect.breadth);
      return regionsOf(map, settings, rect, (area * settings.unclipRatio) / perimeter);
    }
    const pieces = straightPieces(pixels, rect, map.width);
    return pieces
      .filter(({ length, breadth }) => Math.max(length, breadth) >= settings.minSide)
      .flatMap((piece) =>
        // The limit of area × ratio ÷ perimeter for a long line: a piece is as high as its line, but shorter.
        regionsOf(map, settings, piece, (Math.min(piece.length, piece.breadth) * settings.unclipRatio) / 2),
      );
  });
}

function regionsOf(
  map: ProbabilityMap,
  { boxThreshold }: DecodeSettings,
  rect: RotatedRect,
  growth: number,
): TextRegion[] {
  const score = meanInside(map, rectCorners(rect));
  return score < boxThreshold ? [] : [{ polygon: rectCorners(growRect(rect, growth)), score }];
}

function fills(pixels: Component, { length, breadth }: RotatedRect): boolean {
  return pixels.length >= STRAIGHT_FROM * length * breadth;
}

/** Rectangles that together hold every pixel: cut across the longer side, again and again, until each is filled. */
function straightPieces(pixels: Component, rect: RotatedRect, mapWidth: number): RotatedRect[] {
  if (fills(pixels, rect) || pixels.length <= FEW_PIXELS) return [rect];
  const { centre, axis, length, breadth } = rect;
  const [ax, ay] = length >= breadth ? axis : ([-axis[1], axis[0]] as const);
  const isBefore = (p: number) =>
    ((p % mapWidth) + 0.5 - centre[0]) * ax + (Math.floor(p / mapWidth) + 0.5 - centre[1]) * ay < 0;
  return [pixels.filter(isBefore), pixels.filter((p) => !isBefore(p))]
    .filter((half) => half.length > 0)
    .flatMap((half) => straightPieces(half, minAreaRect(componentHull(half, mapWidth)), mapWidth));
}

/** The mean over pixels whose centre lies in a convex polygon; 0 when there is none. */
function meanInside(map: ProbabilityMap, polygon: Polygon): number {
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
