import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import { rgbTensor } from '../../models/input-tensor.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import type { View } from '../../models/view.js';
import { decodeCenterface } from './decode-centerface.js';
import { cellMap } from './map.js';
import type { SeenFace } from './seen-face.js';

/** In models/manifest.json. */
export const CENTERFACE = 'centerface';
const STRIDE = 4;

/**
 * The faces of one look, in pixels of the view's input; one face may be listed several times.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookWithCenterface(
  model: OnnxModel,
  image: PixelImage,
  view: View,
  minScore: number,
): Promise<SeenFace[]> {
  const answers = await model.run({ image: await rgbTensor(image, view) });
  const map = (name: string, planes: number) => cellMap(CENTERFACE, answers[name], view, STRIDE, planes);
  return decodeCenterface(
    { score: map('score', 1), size: map('size', 2), offset: map('offset', 2) },
    minScore,
  );
}

/** Loads it; the caller keeps it. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openCenterface() {
  return openBundledOnnx(CENTERFACE);
}
