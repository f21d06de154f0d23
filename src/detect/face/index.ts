import sharp from 'sharp';
import type { Detection } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import { boundingBox, boxIou } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openTfEngine, type TfEngine } from '../../inference/tf-engine.js';
import type { Detector } from '../contract.js';
import { visibleVersions } from '../visible-versions.js';
import { loadBlazeface } from './blazeface.js';
import type { FaceModel } from './face-model.js';
import { loadSsdMobilenet } from './ssd-mobilenet.js';
import { boxToSource, type View } from './view.js';
import { viewPixels } from './view-pixels.js';
import { faceViews, type ViewPlan } from './views.js';

const ID = 'face';
/** Two boxes of the same face; the weaker one is dropped when it covers nothing new. */
const SAME_FACE = 0.5;
/** Longer side at which views are cut out: the smallest face that a network knows is larger than a pixel of it. */
const WORKING_SIDE = 2560;

/** One network, where it looks and from which score on it is believed. */
interface Examiner {
  readonly model: FaceModel;
  readonly plan: ViewPlan;
  readonly minScore: number;
  /** Of views that are turned: patients lie down, but most photos are upright, and skin has no direction. */
  readonly minScoreTurned: number;
}

/** Faces of any size and in the four directions, by BlazeFace and an SSD with MobileNetV1; see their cards. */
export function faceDetector(openEngine: () => Promise<TfEngine> = openTfEngine): Detector {
  let opened: Promise<{ readonly engine: TfEngine; readonly examiners: readonly Examiner[] }> | undefined;
  const load = () => (opened ??= openExaminers(openEngine));
  return {
    id: ID,
    kind: 'face',
    models: ['blazeface', 'ssd-mobilenet-face'],
    load: async () => {
      const { engine, examiners } = await load();
      return examiners.map(({ model: { id, sha256 } }) => ({ id, sha256, engine: engine.name }));
    },
    examine: async (image) => {
      const { examiners } = await load();
      const found: Detection[] = [];
      for (const version of visibleVersions(image)) {
        const { small, factor } = await workingSize(version);
        for (const examiner of examiners) {
          for (const view of faceViews(small.width, small.height, examiner.plan)) {
            found.push(...(await examineView(examiner, small, view, factor)));
          }
        }
      }
      return { detections: dropRepeats(found), notExamined: [] };
    },
  };
}

async function openExaminers(openEngine: () => Promise<TfEngine>) {
  const engine = await openEngine();
  const examiners: Examiner[] = [
    {
      model: await loadBlazeface(engine),
      plan: { tilings: [2, 4], tileTurns: [0], smallestTile: 192 },
      minScore: 0.6,
      minScoreTurned: 0.7,
    },
    {
      model: await loadSsdMobilenet(engine),
      plan: { tilings: [], tileTurns: [], smallestTile: 384 },
      minScore: 0.4,
      minScoreTurned: 0.6,
    },
  ];
  return { engine, examiners };
}

/** A photo small enough that cutting views out of it costs little; `factor` is original ÷ small pixels. */
async function workingSize(image: PixelImage): Promise<{ small: PixelImage; factor: number }> {
  const { width, height, channels, data } = image;
  const factor = Math.max(width, height) / WORKING_SIDE;
  if (factor <= 1) return { small: image, factor: 1 };
  const size = {
    width: Math.max(1, Math.round(width / factor)),
    height: Math.max(1, Math.round(height / factor)),
  };
  const small = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize(size.width, size.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { small: { ...size, channels, data: small }, factor };
}

async function examineView(
  { model, minScore, minScoreTurned }: Examiner,
  image: PixelImage,
  view: View,
  factor: number,
): Promise<Detection[]> {
  const input = await viewPixels(image, view, model.inputSize);
  const faces = await model
    .detect(input, view.turns === 0 ? minScore : minScoreTurned)
    .catch((cause: unknown) => {
      if (cause instanceof ImageDeidError) throw cause;
      throw new ImageDeidError('detector-failed', 'detect', `The face model ${model.id} failed`, { cause });
    });
  return faces.map(({ box, score }) => {
    const polygon = boxToSource(view, model.inputSize, box).map(
      ([x, y]) => [x * factor, y * factor] as const,
    );
    return { kind: 'face', box: boundingBox(polygon), polygon, score, detector: model.id };
  });
}

/** Best first; boxes of the same face from several views are listed once. */
function dropRepeats(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => boxIou(box, candidate.box) > SAME_FACE)) kept.push(candidate);
  }
  return kept;
}
