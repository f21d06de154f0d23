import sharp from 'sharp';
import type { PixelImage } from '../core/image.js';
import type { FloatTensor } from './onnx-engine.js';
import type { View } from './view.js';

/** ImageNet's mean and deviation, in the order in which PaddleOCR applies them: to B, G and R. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/**
 * One view of an image as PaddleOCR's detection network and ours want it: 1 × 3 × height × width, BGR, (value / 255 − mean) / deviation.
 * @param image three channels
 */
export async function inputTensor(image: PixelImage, view: View): Promise<FloatTensor> {
  const { region, width, height } = view;
  const rgb = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    const [mean, deviation] = [MEAN[c] as number, DEVIATION[c] as number];
    const table = Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / deviation);
    for (let p = 0; p < plane; p++) data[c * plane + p] = table[rgb[p * 3 + (2 - c)] as number] as number;
  }
  return { data, dims: [1, 3, height, width] };
}
