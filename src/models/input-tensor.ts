import type { PixelImage } from '../core/image.js';
import { enlargePlanes, OVERSHOOT, valueTable, type ThreePlanes } from '../imaging/enlarge.js';
import { partResized } from '../imaging/resized.js';
import type { FloatTensor } from './onnx-engine.js';
import type { Viewport } from './viewport.js';

/** ImageNet's mean and deviation, in the order in which PaddleOCR applies them: to B, G and R. */
const SCALED: ThreePlanes = [
  { channel: 2, values: valueTable((value) => (value / 255 - 0.485) / 0.229) },
  { channel: 1, values: valueTable((value) => (value / 255 - 0.456) / 0.224) },
  { channel: 0, values: valueTable((value) => (value / 255 - 0.406) / 0.225) },
];

const same = valueTable((value) => value);
const AS_THEY_ARE: ThreePlanes = [
  { channel: 0, values: same },
  { channel: 1, values: same },
  { channel: 2, values: same },
];

/**
 * One viewport of an image as PaddleOCR's detection network and ours want it: 1 × 3 × height × width, BGR,
 * (value / 255 − mean) / deviation.
 * @param image three channels
 * @param used a tensor that is done with: its memory is taken where the size is the same, because new memory costs as
 *   much as filling it
 */
export function inputTensor(image: PixelImage, viewport: Viewport, used?: FloatTensor): Promise<FloatTensor> {
  return tensorOf(image, viewport, SCALED, used);
}

/**
 * One viewport of an image as networks of faces want it: 1 × 3 × height × width, RGB, 0–255.
 * @param image three channels
 */
export function rgbTensor(image: PixelImage, viewport: Viewport): Promise<FloatTensor> {
  return tensorOf(image, viewport, AS_THEY_ARE);
}

async function tensorOf(
  image: PixelImage,
  viewport: Viewport,
  planes: ThreePlanes,
  used?: FloatTensor,
): Promise<FloatTensor> {
  const { part, width, height } = viewport;
  const length = 3 * width * height;
  const data = used?.data.length === length ? used.data : new Float32Array(length);
  const isSame = part.width === width && part.height === height;
  if (!isSame && width >= part.width && height >= part.height) {
    enlargePlanes(image, part, viewport, planes, data);
  } else {
    fillPlanes(await pixelsOf(image, viewport), viewport, planes, data);
  }
  return { data, dims: [1, 3, height, width] };
}

function fillPlanes(
  { rgb, start, stride }: Pixels,
  { width, height }: Viewport,
  [first, second, third]: ThreePlanes,
  data: Float32Array,
): void {
  const plane = width * height;
  const [a, b, c] = [first.channel, second.channel, third.channel];
  const [ofA, ofB, ofC] = [first.values, second.values, third.values].map((values) =>
    values.subarray(OVERSHOOT),
  ) as [Float32Array, Float32Array, Float32Array];
  for (let y = 0, p = 0; y < height; y++) {
    let from = start + y * stride;
    for (let x = 0; x < width; x++, p++, from += 3) {
      data[p] = ofA[rgb[from + a] as number] as number;
      data[plane + p] = ofB[rgb[from + b] as number] as number;
      data[2 * plane + p] = ofC[rgb[from + c] as number] as number;
    }
  }
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
