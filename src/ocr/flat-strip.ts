import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { convexHull } from '../imaging/convex.js';
import { minAreaRect, type RotatedRect } from '../imaging/rotated-rect.js';
import { sampleRect } from '../imaging/sample-rect.js';
import type { GreyStrip } from '../models/tesseract-contract.js';

/** In pixels; the second reader's network sees 36. */
const HEIGHT = 44;
/** Of a longer line, the middle is read: that something can be read shows in any part. */
const MOST_WIDTH = 440;
const MOST_SAMPLES = 4;
/** How far around a pixel its ground is measured; more than a stroke, less than a line. */
const AROUND = 16;
/** In levels: less contrast than this is noise, and is not amplified any further. */
const LEAST_SPREAD = 2;
/** Paper, and how far a deviation of the strip leads from it, in levels. */
const [PAPER, PER_DEVIATION] = [165, 55];

/**
 * What a row shows, laid flat, with its contrast normalised: dark strokes on light ground, whatever they were.
 * @returns nothing for a polygon without an area
 */
export function flatStrip(image: PixelImage, polygon: Polygon): GreyStrip | undefined {
  const hull = convexHull(polygon);
  if (hull.length < 3) return undefined;
  const rect = alongLine(minAreaRect(hull));
  if (rect.breadth < 1) return undefined;
  const width = Math.max(HEIGHT, Math.round((HEIGHT * rect.length) / rect.breadth));
  const sampling = { width, height: HEIGHT, mostSamples: MOST_SAMPLES, beyond: 'border' } as const;
  return normalised(sampleRect(image, rect, sampling), width);
}

function alongLine(rect: RotatedRect): RotatedRect {
  const [x, y] = rect.axis;
  const long: RotatedRect =
    rect.length >= rect.breadth
      ? rect
      : { ...rect, length: rect.breadth, breadth: rect.length, axis: [-y, x] };
  return { ...long, length: Math.min(long.length, (long.breadth * MOST_WIDTH) / HEIGHT) };
}

function normalised(rgb: Float64Array, width: number): GreyStrip {
  const luma = new Float64Array(width * HEIGHT);
  for (let p = 0; p < luma.length; p++) {
    luma[p] =
      0.299 * (rgb[p * 3] as number) +
      0.587 * (rgb[p * 3 + 1] as number) +
      0.114 * (rgb[p * 3 + 2] as number);
  }
  const apart = luma.map((value, p) => value - meanAround(luma, width, p));
  const spread = Math.sqrt(apart.reduce((sum, value) => sum + value * value, 0) / apart.length);
  // Strokes are fewer than what is between them: the side that reaches farther is theirs.
  const sign = apart.reduce((sum, value) => sum + value ** 3, 0) > 0 ? -1 : 1;
  const gain = (sign * PER_DEVIATION) / Math.max(LEAST_SPREAD, spread);
  return {
    width,
    height: HEIGHT,
    data: Uint8Array.from(Uint8ClampedArray.from(apart, (value) => PAPER + value * gain)),
  };
}

function meanAround(values: Float64Array, width: number, p: number): number {
  const [x, y] = [p % width, Math.floor(p / width)];
  const [left, right] = [Math.max(0, x - AROUND), Math.min(width - 1, x + AROUND)];
  const [top, bottom] = [Math.max(0, y - AROUND), Math.min(HEIGHT - 1, y + AROUND)];
  let sum = 0;
  for (let row = top; row <= bottom; row += 2) {
    for (let column = left; column <= right; column += 2) sum += values[row * width + column] as number;
  }
  return sum / ((Math.floor((bottom - top) / 2) + 1) * (Math.floor((right - left) / 2) + 1));
}
