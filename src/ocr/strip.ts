import { convexHull, type Point, type Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { minAreaRect, type RotatedRect } from '../core/rotated-rect.js';

/** A line of text laid flat: `height` × `width` × 3, RGB, 0–255. */
export interface Strip {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What the recogniser reads, in pixels. */
export const STRIP_HEIGHT = 48;
/** Longer lines are squeezed; in pixels. */
const MOST_WIDTH = 1600;
const LEAST_WIDTH = 16;
/** Samples per side and pixel when a large line shrinks, at most. */
const MOST_SAMPLES = 4;

/**
 * Cuts the smallest rectangle around a polygon out of an image and turns it so that its longer side lies flat. Which of
 * its two ends is the left one cannot be known: there is one strip for each, and then one for each as a mirror shows it.
 * @returns none for a polygon without an area
 */
export function textStrips(image: PixelImage, polygon: Polygon): Strip[] {
  const hull = convexHull(polygon);
  if (hull.length < 3) return [];
  const rect = lyingFlat(minAreaRect(hull));
  if (rect.breadth < 1) return [];
  const width = Math.round((STRIP_HEIGHT * rect.length) / rect.breadth);
  const strip = cutOut(image, rect, Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
  const turned = upsideDown(strip);
  return [strip, turned, mirrored(strip), mirrored(turned)];
}

/** The same rectangle, described along its longer side, from left to right. */
function lyingFlat(rect: RotatedRect): RotatedRect {
  const [ax, ay] = rect.axis;
  const long: RotatedRect =
    rect.length >= rect.breadth
      ? rect
      : { ...rect, length: rect.breadth, breadth: rect.length, axis: [-ay, ax] };
  const [x, y] = long.axis;
  return x < 0 ? { ...long, axis: [-x, -y] } : long;
}

function cutOut(image: PixelImage, rect: RotatedRect, width: number): Strip {
  const data = new Uint8Array(STRIP_HEIGHT * width * 3);
  const [along, across] = [rect.length / width, rect.breadth / STRIP_HEIGHT];
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.round(Math.max(along, across))));
  const [ax, ay] = rect.axis;
  const [cx, cy] = rect.centre;
  for (let row = 0; row < STRIP_HEIGHT; row++) {
    for (let column = 0; column < width; column++) {
      const sums: [number, number, number] = [0, 0, 0];
      for (let j = 0; j < samples; j++) {
        const v = (row + (j + 0.5) / samples - STRIP_HEIGHT / 2) * across;
        for (let i = 0; i < samples; i++) {
          const u = (column + (i + 0.5) / samples - width / 2) * along;
          addSample(image, [cx + u * ax - v * ay, cy + u * ay + v * ax], sums);
        }
      }
      const at = (row * width + column) * 3;
      for (let c = 0; c < 3; c++) data[at + c] = Math.round((sums[c] as number) / (samples * samples));
    }
  }
  return { width, height: STRIP_HEIGHT, data };
}

/** Adds the colour at a point, bilinear; beyond the image, that of its border. */
function addSample(image: PixelImage, [x, y]: Point, sums: [number, number, number]): void {
  const { width, height, channels, data } = image;
  const px = Math.min(Math.max(x - 0.5, 0), width - 1);
  const py = Math.min(Math.max(y - 0.5, 0), height - 1);
  const [x0, y0] = [Math.floor(px), Math.floor(py)];
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const [fx, fy] = [px - x0, py - y0];
  for (let c = 0; c < 3; c++) {
    const at = (column: number, row: number) => data[(row * width + column) * channels + c] as number;
    const upper = at(x0, y0) * (1 - fx) + at(x1, y0) * fx;
    const lower = at(x0, y1) * (1 - fx) + at(x1, y1) * fx;
    sums[c] = (sums[c] as number) + upper * (1 - fy) + lower * fy;
  }
}

function upsideDown({ width, height, data }: Strip): Strip {
  const turned = new Uint8Array(data.length);
  const last = width * height - 1;
  for (let p = 0; p <= last; p++) turned.set(data.subarray(p * 3, p * 3 + 3), (last - p) * 3);
  return { width, height, data: turned };
}

function mirrored({ width, height, data }: Strip): Strip {
  const flipped = new Uint8Array(data.length);
  for (let p = 0; p < width * height; p++) {
    const column = p % width;
    flipped.set(data.subarray(p * 3, p * 3 + 3), (p - column + width - 1 - column) * 3);
  }
  return { width, height, data: flipped };
}
