import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import { rgbTensor } from '../../models/input-tensor.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import type { View } from '../../models/view.js';
import { decodeRetinaface } from './decode-retinaface.js';
import { cellMap } from './map.js';
import type { SeenFace } from './seen-face.js';

const RETINAFACE = 'retinaface';
/** Longer sides of the two faces that a cell of a stride may stand for, in pixels of the input. */
const ANCHORS = [
  { stride: 8, sides: [16, 32] },
  { stride: 16, sides: [64, 128] },
  { stride: 32, sides: [256, 512] },
] as const;

/**
 * The faces of one look, in pixels of the view's input; one face may be listed several times.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookWithRetinaface(
  model: OnnxModel,
  image: PixelImage,
  view: View,
  minScore: number,
): Promise<SeenFace[]> {
  const answers = await model.run({ image: await rgbTensor(image, view) });
  return ANCHORS.flatMap(({ stride, sides }) => {
    const score = cellMap(RETINAFACE, answers[`score${stride}`], view, stride, 2);
    const codes = cellMap(RETINAFACE, answers[`box${stride}`], view, stride, 8);
    return decodeRetinaface({ score, codes, sides }, minScore);
  });
}

/** Loads it; the caller keeps it. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openRetinaface() {
  return openBundledOnnx(RETINAFACE);
}
