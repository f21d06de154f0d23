import type { Point } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import { rgbTensor } from '../../models/input-tensor.js';
import type { FloatTensor, OnnxModel } from '../../models/onnx-engine.js';
import { VIEWPORT_STEP, type Viewport } from '../../models/viewport.js';
import { decodeParts, type FacePart } from './decode-parts.js';
import { cellMap, unexpectedSize, valueAt, type CellMap } from '../../models/cell-map.js';
import {
  DIRECTIONS,
  laid,
  laidBack,
  meanMap,
  meanPlane,
  planeLaidBack,
  type Direction,
} from './directions.js';
import { inPhoto } from './seen-face.js';

/** In models/manifest.json. */
export const FACE_NET = 'patient-face-net';
const STRIDE = 8;
const PLANES = 25;
/** Longer side of the look at the whole photo, in pixels of the input. */
const SIDE = 320;
const LEAST_SIDE = 64;
/** Parts with lower scores are left out, whatever the rest of the photo shows. */
const LEAST = 0.04;

/** What the network sees in a photo. */
export interface CloseUp {
  /**
   * Every face and feature, some several times, in pixels of the photo. The score of a face is the geometric mean of
   * its own score and of how likely the photo shows a face at all.
   */
  readonly parts: readonly FacePart[];
  /** How likely the photo shows anything of a face, 0–1. */
  readonly shown: number;
  /** How likely a place of the photo shows a face, 0–1; a place beyond the photo counts as its border. */
  readonly visible: (place: Point) => number;
}

/** One answer: a map of boxes, and how likely the input shows a recognisable face, and any part of a face. */
interface Answer {
  readonly map: CellMap;
  /** Where a face is visible. */
  readonly visible: CellMap;
  readonly shown: readonly [face: number, anything: number];
}

/**
 * Looks at the whole photo in all eight directions: patients lie down, people turn their phones, and a look that errs
 * alone is outvoted.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookForParts(model: OnnxModel, image: PixelImage): Promise<CloseUp> {
  const viewport = closeUpViewport(image);
  const input = await rgbTensor(image, viewport);
  const answers: Answer[] = [];
  for (const direction of DIRECTIONS) answers.push(await answerIn(direction, model, input));
  const mean = (what: 0 | 1) => answers.reduce((sum, { shown }) => sum + shown[what], 0) / answers.length;
  const face = mean(0);
  const parts = decodeParts(meanMap(answers.map(({ map }) => map)), LEAST).map((seen) => {
    const part = inPhoto(seen, viewport);
    return part.part === 'face' ? { ...part, score: Math.sqrt(part.score * face) } : part;
  });
  const visible = meanPlane(answers.map((answer) => answer.visible));
  const [kx, ky] = [viewport.width / image.width, viewport.height / image.height];
  return { parts, shown: mean(1), visible: ([x, y]) => valueAt(visible, [x * kx, y * ky]) };
}

async function answerIn(direction: Direction, model: OnnxModel, input: FloatTensor): Promise<Answer> {
  const image = laid(input, direction);
  const [, , height = 0, width = 0] = image.dims;
  const answers = await model.run({ image });
  const map = cellMap(FACE_NET, answers['boxes'], { width, height }, STRIDE, PLANES);
  const visible = cellMap(FACE_NET, answers['mask'], { width, height }, STRIDE, 1);
  const [face, anything, ...more] = answers['shown']?.data ?? [];
  if (face === undefined || anything === undefined || more.length > 0) throw unexpectedSize(FACE_NET);
  return {
    map: laidBack(map, direction),
    visible: planeLaidBack(visible, direction),
    shown: [face, anything],
  };
}

/** The whole photo, stretched by a few pixels, as the network was trained. */
function closeUpViewport({ width, height }: PixelImage): Viewport {
  const scale = SIDE / Math.max(width, height);
  const stretched = (length: number) =>
    Math.max(LEAST_SIDE, Math.round((length * scale) / VIEWPORT_STEP) * VIEWPORT_STEP);
  return { part: { x: 0, y: 0, width, height }, width: stretched(width), height: stretched(height) };
}

/** Loads the model; the caller keeps it. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openFaceNet() {
  return openBundledOnnx(FACE_NET);
}
