import type { Polygon } from '../core/geometry.js';
import { centresInside } from '../imaging/centres.js';
import { componentHull, findComponents, type Component } from '../imaging/map-components.js';
import type { ProbabilityMap } from '../imaging/probability-map.js';
import { growRect, minAreaRect, rectCorners, type RotatedRect } from '../imaging/rotated-rect.js';

export interface DecodeSettings {
  /** A pixel above this belongs to text; 0–1. */
  readonly pixelThreshold: number;
  /** A rectangle counts when the mean probability inside it is at least this; 0–1. */
  readonly boxThreshold: number;
  /** The network is trained on shrunk text; each side moves out by area × ratio / perimeter. */
  readonly unclipRatio: number;
  /** Rectangles whose shorter side, before growing, is below this are noise; in pixels of the map. */
  readonly minSide: number;
}

/** One piece of text, in pixels of the map. */
export interface TextOutline {
  /** Four corners of a rectangle at any angle; may reach beyond the map. */
  readonly polygon: Polygon;
  /** Mean probability inside the rectangle before growing, 0–1. */
  readonly score: number;
}

/** A straight line of text fills at least this share of its smallest rectangle. */
const STRAIGHT_FROM = 0.5;
/** Pieces of at most this many pixels are not cut further. */
const FEW_PIXELS = 24;

/**
 * Turns the map of a differentiable-binarization network into rectangles, as PaddleOCR's DBPostProcess does
 * (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020). For a rectangle,
 * Vatti's offset is a shift of every side. A line that bends becomes several rectangles.
 */
export function decodeTextMap(map: ProbabilityMap, settings: DecodeSettings): TextOutline[] {
  return findComponents(map, settings.pixelThreshold, settings.minSide).flatMap((pixels) => {
    const rect = minAreaRect(componentHull(pixels, map.width));
    if (Math.min(rect.length, rect.breadth) < settings.minSide) return [];
    if (fills(pixels, rect)) {
      const area = rect.length * rect.breadth;
      const perimeter = 2 * (rect.length + rect.breadth);
      return outlineOf(map, settings, rect, (area * settings.unclipRatio) / perimeter);
    }
    const pieces = straightPieces(pixels, rect, map.width);
    return pieces
      .filter(({ length, breadth }) => Math.max(length, breadth) >= settings.minSide)
      .flatMap((piece) =>
        // What area × ratio ÷ perimeter tends to for a long line: a piece is as high as its line, but shorter.
        outlineOf(map, settings, piece, (Math.min(piece.length, piece.breadth) * settings.unclipRatio) / 2),
      );
  });
}

function outlineOf(
  map: ProbabilityMap,
  { boxThreshold }: DecodeSettings,
  rect: RotatedRect,
  growth: number,
): TextOutline[] {
  const score = meanInside(map, rectCorners(rect));
  return score < boxThreshold ? [] : [{ polygon: rectCorners(growRect(rect, growth)), score }];
}

function fills(pixels: Component, { length, breadth }: RotatedRect): boolean {
  return pixels.length >= STRAIGHT_FROM * length * breadth;
}

/** Rectangles that together hold every pixel: halved across the longer side, again and again, until each is filled. */
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
  let sum = 0;
  let count = 0;
  for (const { y, first, last } of centresInside(polygon, map)) {
    for (let x = first; x < last; x++) sum += map.data[y * map.width + x] as number;
    count += last - first;
  }
  return count === 0 ? 0 : sum / count;
}
