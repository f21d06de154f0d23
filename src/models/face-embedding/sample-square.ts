import type { Point } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { sampleRect } from '../../imaging/sample-rect.js';

/** A square in pixels of an image, turned; may reach beyond the image. */
export interface Square {
  readonly centre: Point;
  readonly side: number;
  /** How far the square is turned, in radians, clockwise on screen: 0 when it is upright. */
  readonly angle: number;
}

/** What is seen beyond the image's border. */
const GREY = 127.5;
/** Samples along a side of a pixel; enough for a face 2000 pixels wide. */
const MOST_SAMPLES = 8;

/** What a square shows, upright, as `size` × `size` × RGB, 0–255. @param image three channels */
export function sampleSquare(image: PixelImage, { centre, side, angle }: Square, size: number): Float32Array {
  const axis = [Math.cos(angle), Math.sin(angle)] as const;
  const rect = { centre, length: side, breadth: side, axis };
  const sampling = { width: size, height: size, mostSamples: MOST_SAMPLES, beyond: GREY };
  return new Float32Array(sampleRect(image, rect, sampling));
}

/** Converts a point from pixels of a sampled square to pixels of the image. */
export function squareToImage({ centre, side, angle }: Square, size: number, [x, y]: Point): Point {
  const [u, v] = [(x / size - 0.5) * side, (y / size - 0.5) * side];
  return [
    centre[0] + u * Math.cos(angle) - v * Math.sin(angle),
    centre[1] + u * Math.sin(angle) + v * Math.cos(angle),
  ];
}
