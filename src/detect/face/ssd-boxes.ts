import type { RawFace } from './face-model.js';
import { sigmoid } from './sigmoid.js';

/** Raw outputs: four box codes and three class logits (background, face, unused) per anchor. */
export interface SsdOutputs {
  readonly boxes: Float32Array;
  readonly classes: Float32Array;
}

const CENTRE_VARIANCE = 10;
const SIZE_VARIANCE = 5;

/**
 * Decodes box codes against their anchors (SSD: Liu et al. 2016, section 2.2; variances 0.1 and 0.2).
 * @param anchors ymin, xmin, ymax, xmax per anchor, as shares of the input's side
 * @param size side of the input in pixels
 */
export function decodeSsd(
  { boxes, classes }: SsdOutputs,
  anchors: Float32Array,
  size: number,
  minScore: number,
): RawFace[] {
  const faces: RawFace[] = [];
  for (let i = 0; i < anchors.length / 4; i++) {
    const score = sigmoid(classes[i * 3 + 1] as number);
    if (!(score >= minScore)) continue;
    const [top, left, bottom, right] = anchors.subarray(i * 4, i * 4 + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const [ty, tx, th, tw] = boxes.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
    const height = Math.exp(th / SIZE_VARIANCE) * (bottom - top);
    const width = Math.exp(tw / SIZE_VARIANCE) * (right - left);
    const cy = (ty / CENTRE_VARIANCE) * (bottom - top) + (top + bottom) / 2;
    const cx = (tx / CENTRE_VARIANCE) * (right - left) + (left + right) / 2;
    faces.push({
      box: {
        x: (cx - width / 2) * size,
        y: (cy - height / 2) * size,
        width: width * size,
        height: height * size,
      },
      score,
    });
  }
  return faces;
}
