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
  const step = square.side / size;
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.round(step)));
  const [cos, sin] = [Math.cos(square.angle) * step, Math.sin(square.angle) * step];
  const rgb = new Float64Array(3);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      rgb.fill(0);
      for (let i = 0; i < samples * samples; i++) {
        const u = column + ((i % samples) + 0.5) / samples - size / 2;
        const v = row + (Math.floor(i / samples) + 0.5) / samples - size / 2;
        addBilinear(image, square.centre[0] + u * cos - v * sin, square.centre[1] + u * sin + v * cos, rgb);
      }
      const at = (row * size + column) * 3;
      for (let c = 0; c < 3; c++) pixels[at + c] = (rgb[c] as number) / (samples * samples);
    }
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

function addBilinear({ width, height, data }: PixelImage, x: number, y: number, rgb: Float64Array): void {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [fx, fy] = [x - 0.5 - left, y - 0.5 - top];
  for (let corner = 0; corner < 4; corner++) {
    const [cx, cy] = [left + (corner % 2), top + Math.floor(corner / 2)];
    const weight = (corner % 2 === 0 ? 1 - fx : fx) * (corner < 2 ? 1 - fy : fy);
    const inside = cx >= 0 && cy >= 0 && cx < width && cy < height;
    const at = (cy * width + cx) * 3;
    for (let c = 0; c < 3; c++) {
      rgb[c] = (rgb[c] as number) + weight * (inside ? (data[at + c] as number) : GREY);
    }
  }
}
