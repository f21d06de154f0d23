import sharp from 'sharp';
import type { PixelImage } from '../core/image.js';
import type { FloatTensor } from './onnx-engine.js';
import type { View } from './view.js';

/** ImageNet's mean and deviation, in the order in which PaddleOCR applies them: to B, G and R. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
const TABLES = MEAN.map((mean, c) =>
  Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / (DEVIATION[c] as number)),
) as [Float32Array, Float32Array, Float32Array];

/**
 * One view of an image as PaddleOCR's detection network and ours want it: 1 × 3 × height × width, BGR, (value / 255 − mean) / deviation.
 * @param image three channels
 */
export async function inputTensor(image: PixelImage, view: View): Promise<FloatTensor> {
  const { width, height } = view;
  const { rgb, start, stride } = await pixelsOf(image, view);
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
 * One view of an image as networks of faces want it: 1 × 3 × height × width, RGB, 0–255.
 * @param image three channels
 */
export async function rgbTensor(image: PixelImage, view: View): Promise<FloatTensor> {
  const { width, height } = view;
  const { rgb, start, stride } = await pixelsOf(image, view);
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
  /** Where the view's first pixel lies, and how far it is from one row to the next. */
  readonly start: number;
  readonly stride: number;
}

/** A view at full size is read from the image itself. */
async function pixelsOf(image: PixelImage, { region, width, height }: View): Promise<Pixels> {
  if (region.width === width && region.height === height) {
    const start = (region.y * image.width + region.x) * 3;
    return { rgb: image.data, start, stride: image.width * 3 };
  }
  const rgb = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { rgb, start: 0, stride: width * 3 };
}
