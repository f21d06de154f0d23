import type { PixelImage } from '../core/image.js';
import type { RotatedRect } from './rotated-rect.js';

/** How a rectangle is sampled. */
export interface Sampling {
  /** Size of the result, in pixels: the width along the rectangle's axis, the height across it. */
  readonly width: number;
  readonly height: number;
  /** Where the rectangle shrinks, a pixel is the mean of at most this many samples along each of its sides. */
  readonly mostSamples: number;
  /** What is seen beyond the image: its border repeated, or this value in every channel. */
  readonly beyond: Beyond;
}

type Beyond = 'border' | number;

/**
 * What a rectangle at any angle shows, laid flat: height × width × RGB, 0–255, not rounded; bilinear.
 * @param image alpha is ignored
 * @param rect may reach beyond the image
 */
export function sampleRect(image: PixelImage, rect: RotatedRect, sampling: Sampling): Float64Array {
  const { width, height, mostSamples, beyond } = sampling;
  const [along, across] = [rect.length / width, rect.breadth / height];
  const samples = Math.min(mostSamples, Math.max(1, Math.round(Math.max(along, across))));
  const [ax, ay] = rect.axis;
  const [cx, cy] = rect.centre;
  const out = new Float64Array(width * height * 3);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to += 3) {
      for (let j = 0; j < samples; j++) {
        const v = (row + (j + 0.5) / samples - height / 2) * across;
        for (let i = 0; i < samples; i++) {
          const u = (column + (i + 0.5) / samples - width / 2) * along;
          addSample(image, cx + u * ax - v * ay, cy + u * ay + v * ax, beyond, out, to);
        }
      }
      for (let c = 0; c < 3; c++) out[to + c] = (out[to + c] as number) / (samples * samples);
    }
  }
  return out;
}

/** Adds the colour at a point. Called for every pixel: no arrays, no closures. */
function addSample(
  image: PixelImage,
  x: number,
  y: number,
  beyond: Beyond,
  out: Float64Array,
  to: number,
): void {
  const { width, height, channels, data } = image;
  const px = beyond === 'border' ? Math.min(Math.max(x - 0.5, 0), width - 1) : x - 0.5;
  const py = beyond === 'border' ? Math.min(Math.max(y - 0.5, 0), height - 1) : y - 0.5;
  const x0 = Math.floor(px);
  const y0 = Math.floor(py);
  const fx = px - x0;
  const fy = py - y0;
  if (beyond !== 'border' && (x0 < 0 || y0 < 0 || x0 + 1 >= width || y0 + 1 >= height)) {
    for (let c = 0; c < 3; c++) {
      const upper = at(image, x0, y0, c, beyond) * (1 - fx) + at(image, x0 + 1, y0, c, beyond) * fx;
      const lower = at(image, x0, y0 + 1, c, beyond) * (1 - fx) + at(image, x0 + 1, y0 + 1, c, beyond) * fx;
      out[to + c] = (out[to + c] as number) + upper * (1 - fy) + lower * fy;
    }
    return;
  }
  const right = x0 + 1 < width ? channels : 0;
  const below = y0 + 1 < height ? width * channels : 0;
  for (let c = 0, from = (y0 * width + x0) * channels; c < 3; c++, from++) {
    const upper = (data[from] as number) * (1 - fx) + (data[from + right] as number) * fx;
    const lower = (data[from + below] as number) * (1 - fx) + (data[from + below + right] as number) * fx;
    out[to + c] = (out[to + c] as number) + upper * (1 - fy) + lower * fy;
  }
}

function at({ width, height, channels, data }: PixelImage, x: number, y: number, c: number, beyond: number) {
  const isInside = x >= 0 && y >= 0 && x < width && y < height;
  return isInside ? (data[(y * width + x) * channels + c] as number) : beyond;
}
