import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../inference/bundled-onnx.js';
import { rgbTensor } from '../../inference/input-tensor.js';
import type { OnnxModel } from '../../inference/onnx-engine.js';
import { VIEW_STEP, type View } from '../../inference/view.js';
import { decodeParts, type FacePart } from './decode-parts.js';
import { cellMap, unexpectedSize } from './map.js';
import { inPhoto } from './seen-face.js';

/** In models/manifest.json. */
export const FACE_NET = 'patient-face-net';
const STRIDE = 8;
const PLANES = 25;
/** Longer side of the look at the whole photo, in pixels of the input. */
const SIDE = 320;
const LEAST_SIDE = 64;
/** Below, a look says nothing. */
const LEAST = 0.1;

/** What the network sees in a photo. */
export interface CloseUp {
  /** Every face and feature, not yet each once, in pixels of the photo. */
  readonly parts: readonly FacePart[];
  /** How likely the photo shows anything of a face, 0–1. */
  readonly shown: number;
}

/**
 * Looks at the whole photo once, whatever its direction.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookForParts(model: OnnxModel, image: PixelImage): Promise<CloseUp> {
  const view = closeUpView(image);
  const answers = await model.run({ image: await rgbTensor(image, view) });
  const map = cellMap(FACE_NET, answers['boxes'], view, STRIDE, PLANES);
  const shown = answers['shown']?.data;
  if (shown?.length !== 2) throw unexpectedSize(FACE_NET);
  return { parts: decodeParts(map, LEAST).map((part) => inPhoto(part, view)), shown: shown[1] as number };
}

/** The whole photo, stretched by a few pixels, as the network was trained. */
function closeUpView({ width, height }: PixelImage): View {
  const scale = SIDE / Math.max(width, height);
  const stretched = (length: number) =>
    Math.max(LEAST_SIDE, Math.round((length * scale) / VIEW_STEP) * VIEW_STEP);
  return { region: { x: 0, y: 0, width, height }, width: stretched(width), height: stretched(height) };
}

/** Loads it; the caller keeps it. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openFaceNet() {
  return openBundledOnnx(FACE_NET);
}
