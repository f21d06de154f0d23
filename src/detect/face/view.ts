import type { Box, Point, Polygon } from '../../core/geometry.js';
import { boxPolygon } from '../../core/geometry.js';

/** Clockwise quarter turns by which a view is turned before the model sees it. */
export type Turns = 0 | 1 | 2 | 3;

/** What a model is shown: a part of the photo, turned, scaled and centred on a square. */
export interface View {
  /** In source pixels. */
  readonly region: Box;
  readonly turns: Turns;
  /** The share of the square's side that the region's longer side takes, above 0, at most 1. */
  readonly fill: number;
}

/** Where a turned region lies on the square, in pixels of the square. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The whole-pixel rectangle of a view's content on a square of `size` pixels; sides swap in odd turns. */
export function placeView({ region, turns, fill }: View, size: number): Placement {
  const scale = (size * fill) / Math.max(region.width, region.height);
  const long = Math.max(1, Math.round(region.width * scale));
  const across = Math.max(1, Math.round(region.height * scale));
  const [width, height] = turns % 2 === 0 ? [long, across] : [across, long];
  return { left: Math.floor((size - width) / 2), top: Math.floor((size - height) / 2), width, height };
}

/** A point on the square, in source pixels: exact for the scaling that `placeView` implies. */
export function toSource(view: View, size: number, [x, y]: Point): Point {
  const { left, top, width, height } = placeView(view, size);
  const u = (x - left) / width;
  const v = (y - top) / height;
  const { region } = view;
  const [s, t] = unturn(u, v, view.turns);
  return [region.x + s * region.width, region.y + t * region.height];
}

/** A box on the square as a quad in source pixels, beginning with the corner that is upper left for the model. */
export function boxToSource(view: View, size: number, box: Box): Polygon {
  return boxPolygon(box).map((corner) => toSource(view, size, corner));
}

/** Undoes clockwise quarter turns of the unit square. */
function unturn(u: number, v: number, turns: Turns): Point {
  switch (turns) {
    case 0:
      return [u, v];
    case 1:
      return [v, 1 - u];
    case 2:
      return [1 - u, 1 - v];
    case 3:
      return [1 - v, u];
  }
}
