import type { Polygon } from '../core/geometry.js';
import { convexHull } from '../imaging/convex.js';
import type { PixelImage } from '../core/image.js';
import { minAreaRect, type RotatedRect } from '../imaging/rotated-rect.js';

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
 * Each is made when it is asked for.
 * @yields four, none for a polygon without an area
 */
export function* textStrips(image: PixelImage, polygon: Polygon): Generator<Strip, void> {
  const hull = convexHull(polygon);
  if (hull.length < 3) return;
  const rect = lyingFlat(minAreaRect(hull));
  if (rect.breadth < 1) return;
  const width = Math.round((STRIP_HEIGHT * rect.length) / rect.breadth);
  const strip = cutOut(image, rect, Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
  yield strip;
  const turned = upsideDown(strip);
  yield turned;
  yield mirrored(strip);
  yield mirrored(turned);
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
  const sums = new Float64Array(3);
  for (let row = 0, to = 0; row < STRIP_HEIGHT; row++) {
    for (let column = 0; column < width; column++) {
      sums.fill(0);
      for (let j = 0; j < samples; j++) {
        const v = (row + (j + 0.5) / samples - STRIP_HEIGHT / 2) * across;
        for (let i = 0; i < samples; i++) {
          const u = (column + (i + 0.5) / samples - width / 2) * along;
          addSample(image, cx + u * ax - v * ay, cy + u * ay + v * ax, sums);
        }
      }
      for (let c = 0; c < 3; c++) data[to++] = Math.round((sums[c] as number) / (samples * samples));
    }
  }
  return { width, height: STRIP_HEIGHT, data };
}

/** Adds the colour at a point, bilinear; beyond the image, that of its border. Called for every pixel: no arrays, no closures. */
function addSample(image: PixelImage, x: number, y: number, sums: Float64Array): void {
  const { width, height, channels, data } = image;
  const px = Math.min(Math.max(x - 0.5, 0), width - 1);
  const py = Math.min(Math.max(y - 0.5, 0), height - 1);
  const x0 = Math.floor(px);
  const y0 = Math.floor(py);
  const fx = px - x0;
  const fy = py - y0;
  const right = x0 + 1 < width ? channels : 0;
  const below = y0 + 1 < height ? width * channels : 0;
  for (let c = 0, at = (y0 * width + x0) * channels; c < 3; c++, at++) {
    const upper = (data[at] as number) * (1 - fx) + (data[at + right] as number) * fx;
    const lower = (data[at + below] as number) * (1 - fx) + (data[at + below + right] as number) * fx;
    sums[c] = (sums[c] as number) + upper * (1 - fy) + lower * fy;
  }
}

function upsideDown({ width, height, data }: Strip): Strip {
  const turned = new Uint8Array(data.length);
  for (let from = 0, to = data.length - 3; to >= 0; from += 3, to -= 3) copyPixel(data, from, turned, to);
  return { width, height, data: turned };
}

function mirrored({ width, height, data }: Strip): Strip {
  const flipped = new Uint8Array(data.length);
  for (let row = 0, from = 0; row < height; row++) {
    for (let to = (row + 1) * width * 3 - 3, end = row * width * 3; to >= end; from += 3, to -= 3) {
      copyPixel(data, from, flipped, to);
    }
  }
  return { width, height, data: flipped };
}

function copyPixel(source: Uint8Array, from: number, target: Uint8Array, to: number): void {
  for (let c = 0; c < 3; c++) target[to + c] = source[from + c] as number;
}
