import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import { rgbTensor } from '../../models/input-tensor.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import type { Viewport } from '../../models/viewport.js';
import { decodeRetinaface } from './decode-retinaface.js';
import { cellMap } from '../../models/cell-map.js';
import type { FaceWithPoints } from './seen-face.js';

const RETINAFACE = 'retinaface';
/** For each stride, the sides of the two anchors in each cell, in pixels of the input. */
const ANCHORS = [
  { stride: 8, sides: [16, 32] },
  { stride: 16, sides: [64, 128] },
  { stride: 32, sides: [256, 512] },
] as const;

/**
 * The faces of one look, in pixels of the viewport's input; one face may be listed several times.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookWithRetinaface(
  model: OnnxModel,
  image: PixelImage,
  viewport: Viewport,
  minScore: number,
): Promise<FaceWithPoints[]> {
  const answers = await model.run({ image: await rgbTensor(image, viewport) });
  return ANCHORS.flatMap(({ stride, sides }) => {
    const score = cellMap(RETINAFACE, answers[`score${stride}`], viewport, stride, 2);
    const codes = cellMap(RETINAFACE, answers[`box${stride}`], viewport, stride, 8);
    const points = cellMap(RETINAFACE, answers[`points${stride}`], viewport, stride, 20);
    return decodeRetinaface({ score, codes, points, sides }, minScore);
  });
}

/** Loads the model; the caller keeps it. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openRetinaface() {
  return openBundledOnnx(RETINAFACE);
}
