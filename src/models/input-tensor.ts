import type { PixelImage } from '../core/image.js';
import { partResized } from '../imaging/resized.js';
import type { FloatTensor } from './onnx-engine.js';
import type { Viewport } from './viewport.js';

/** ImageNet's mean and deviation, in the order in which PaddleOCR applies them: to B, G and R. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
const TABLES = MEAN.map((mean, c) =>
  Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / (DEVIATION[c] as number)),
) as [Float32Array, Float32Array, Float32Array];

/**
 * One viewport of an image as PaddleOCR's detection network and ours want it: 1 × 3 × height × width, BGR,
 * (value / 255 − mean) / deviation.
 * @param image three channels
 */
export async function inputTensor(image: PixelImage, viewport: Viewport): Promise<FloatTensor> {
  const { width, height } = viewport;
  const { rgb, start, stride } = await pixelsOf(image, viewport);
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  const [blue, green, red] = TABLES;
  for (let y = 0, p = 0; y < height; y++) {
    let from = start + y * stride;
    for (let x = 0; x < width; x++, p++, from += 3) {
      data[p] = blue[rgb[from + 2] as number] as number;
      data[plane + p] = green[rgb[from + 1] as number] as number;
      data[2 * plane + p] = red[rgb[from] as number] as number;
    }
  }
  return { data, dims: [1, 3, height, width] };
}

/**
 * One viewport of an image as networks of faces want it: 1 × 3 × height × width, RGB, 0–255.
 * @param image three channels
 */
export async function rgbTensor(image: PixelImage, viewport: Viewport): Promise<FloatTensor> {
  const { width, height } = viewport;
  const { rgb, start, stride } = await pixelsOf(image, viewport);
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (let y = 0, p = 0; y < height; y++) {
    let from = start + y * stride;
    for (let x = 0; x < width; x++, p++, from += 3) {
      data[p] = rgb[from] as number;
      data[plane + p] = rgb[from + 1] as number;
      data[2 * plane + p] = rgb[from + 2] as number;
    }
  }
  return { data, dims: [1, 3, height, width] };
}

interface Pixels {
  readonly rgb: Uint8Array;
  /** Index of the viewport's first pixel, and how far it is from one row to the next. */
  readonly start: number;
  readonly stride: number;
}

/** The pixels of a viewport; at full size they are read from the image itself. */
async function pixelsOf(image: PixelImage, { part, width, height }: Viewport): Promise<Pixels> {
  if (part.width === width && part.height === height) {
    const start = (part.y * image.width + part.x) * 3;
    return { rgb: image.data, start, stride: image.width * 3 };
  }
  const { data } = await partResized(image, part, { width, height });
  return { rgb: data, start: 0, stride: width * 3 };
}
