import type { Point } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';

/** A square in pixels of an image, turned; may reach beyond the image. */
export interface Square {
  readonly centre: Point;
  readonly side: number;
  /** Of its upper side, in radians, clockwise on screen: 0 when it lies upright. */
  readonly angle: number;
}

/** Around the image. */
const GREY = 127.5;
/** Samples per pixel along one axis at most: enough for a face of 2000 pixels. */
const MOST_SAMPLES = 8;

/**
 * What a square shows, upright, as `size` × `size` × RGB, 0–255: bilinear, the mean of several samples where it shrinks.
 * @param image three channels
 */
export function sampleSquare(image: PixelImage, square: Square, size: number): Float32Array {
  const pixels = new Float32Array(size * size * 3);
  const { width, height, data } = image;
  const step = square.side / size;
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.round(step)));
  const cos = Math.cos(square.angle) * step;
  const sin = Math.sin(square.angle) * step;
  const [x0, y0] = square.centre;
  for (let to = 0; to < pixels.length; to += 3) {
    const column = (to / 3) % size;
    const row = Math.floor(to / 3 / size);
    let r = 0;
    let g = 0;
    let b = 0;
    for (let i = 0; i < samples; i++) {
      const v = row + (i + 0.5) / samples - size / 2;
      for (let j = 0; j < samples; j++) {
        const u = column + (j + 0.5) / samples - size / 2;
        const x = x0 + u * cos - v * sin;
        const y = y0 + u * sin + v * cos;
        const left = Math.floor(x - 0.5);
        const top = Math.floor(y - 0.5);
        const fx = x - 0.5 - left;
        const fy = y - 0.5 - top;
        const wa = (1 - fx) * (1 - fy);
        const wb = fx * (1 - fy);
        const wc = (1 - fx) * fy;
        const wd = fx * fy;
        if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < height) {
          const p = (top * width + left) * 3;
          const q = p + width * 3;
          r = r + wa * data[p]! + wb * data[p + 3]! + wc * data[q]! + wd * data[q + 3]!;
          g = g + wa * data[p + 1]! + wb * data[p + 4]! + wc * data[q + 1]! + wd * data[q + 4]!;
          b = b + wa * data[p + 2]! + wb * data[p + 5]! + wc * data[q + 2]! + wd * data[q + 5]!;
        } else {
          for (let corner = 0; corner < 4; corner++) {
            const cx = left + (corner & 1);
            const cy = top + (corner >> 1);
            const weight = corner === 0 ? wa : corner === 1 ? wb : corner === 2 ? wc : wd;
            const inside = cx >= 0 && cy >= 0 && cx < width && cy < height;
            const at = (cy * width + cx) * 3;
            r += weight * (inside ? data[at]! : GREY);
            g += weight * (inside ? data[at + 1]! : GREY);
            b += weight * (inside ? data[at + 2]! : GREY);
          }
        }
      }
    }
    pixels[to] = r / samples ** 2;
    pixels[to + 1] = g / samples ** 2;
    pixels[to + 2] = b / samples ** 2;
  }
  return pixels;
}

/** A point in the pixels of a sampled square, in pixels of the image. */
export function squareToImage({ centre, side, angle }: Square, size: number, [x, y]: Point): Point {
  const [u, v] = [(x / size - 0.5) * side, (y / size - 0.5) * side];
  return [
    centre[0] + u * Math.cos(angle) - v * Math.sin(angle),
    centre[1] + u * Math.sin(angle) + v * Math.cos(angle),
  ];
}
