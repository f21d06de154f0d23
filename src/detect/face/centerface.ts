import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import { rgbTensor } from '../../models/input-tensor.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import type { Viewport } from '../../models/viewport.js';
import { decodeCenterface } from './decode-centerface.js';
import { cellMap } from '../../models/cell-map.js';
import type { SeenFace } from './seen-face.js';

/** In models/manifest.json. */
export const CENTERFACE = 'centerface';
const STRIDE = 4;

/**
 * The faces of one look, in pixels of the viewport's input; one face may be listed several times.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookWithCenterface(
  model: OnnxModel,
  image: PixelImage,
  viewport: Viewport,
  minScore: number,
): Promise<SeenFace[]> {
  const answers = await model.run({ image: await rgbTensor(image, viewport) });
  const map = (name: string, planes: number) => cellMap(CENTERFACE, answers[name], viewport, STRIDE, planes);
  return decodeCenterface(
    { score: map('score', 1), size: map('size', 2), offset: map('offset', 2) },
    minScore,
  );
}

/** Loads the model; the caller keeps it. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openCenterface() {
  return openBundledOnnx(CENTERFACE);
}
