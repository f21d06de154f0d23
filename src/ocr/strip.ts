import type { Polygon } from '../core/geometry.js';
import { convexHull } from '../imaging/convex.js';
import type { PixelImage } from '../core/image.js';
import { minAreaRect, type RotatedRect } from '../imaging/rotated-rect.js';
import { sampleRect } from '../imaging/sample-rect.js';
import { mirrored, upsideDown } from '../imaging/turned.js';

/** A line of text laid flat: RGB, `STRIP_HEIGHT` pixels high. */
export type Strip = PixelImage & { readonly channels: 3 };

/** The height that the recogniser reads, in pixels. */
export const STRIP_HEIGHT = 48;
/** Longer lines are squeezed; in pixels. */
const MOST_WIDTH = 1600;
const LEAST_WIDTH = 16;
/** Samples along a side of a pixel; enough for a large line. */
const MOST_SAMPLES = 4;

/**
 * Cuts the smallest rectangle around a polygon out of an image and turns it so that its longer side lies flat. Which of
 * its two ends is the left one cannot be known: there is one strip for each, and then the mirror image of each.
 * A strip is made only when it is asked for.
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
  const sampling = { width, height: STRIP_HEIGHT, mostSamples: MOST_SAMPLES, beyond: 'border' } as const;
  const sampled = sampleRect(image, rect, sampling);
  const data = new Uint8Array(sampled.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(sampled[i] as number);
  return { width, height: STRIP_HEIGHT, channels: 3, data };
}
