import sharp from 'sharp';
import { ImageDeidError } from '../../core/errors.js';
import { boundingBox, type Polygon } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import type { TfEngine } from '../../inference/tf-contract.js';
import { openTfEngine } from '../../inference/tf-engine.js';
import type { Detector } from '../contract.js';
import { visibleVersions } from '../visible-versions.js';
import { loadBlazeface } from './blazeface.js';
import type { FaceModel } from './face-model.js';
import { selectFaces, type SeenFace } from './select-faces.js';
import { loadSsdMobilenet } from './ssd-mobilenet.js';
import { boxToSource, type View } from './view.js';
import { viewPixels } from './view-pixels.js';
import { faceViews, type ViewPlan } from './views.js';

const ID = 'face';
/** Longer side, in pixels, at which views are cut out of a photo: enough for the smallest tile. */
const WORKING_SIDE = 2560;
/** Faces below it are of no use even as a second look. */
const LEAST_SCORE = 0.3;

/** One network, where it looks and from which score on it is believed. */
interface Examiner {
  readonly model: FaceModel;
  readonly plan: ViewPlan;
  readonly believedFrom: (view: View, isWhole: boolean) => number;
  readonly believedAloneFrom: number;
}

interface Candidate extends SeenFace {
  readonly polygon: Polygon;
  readonly model: string;
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
      const seen: Candidate[] = [];
      for (const version of visibleVersions(image)) {
        const { small, factor } = await workingSize(version);
        for (const examiner of examiners) {
          for (const view of faceViews(small.width, small.height, examiner.plan)) {
            seen.push(...(await examineView(examiner, small, view, factor)));
          }
        }
      }
      const detections = selectFaces(seen, image).map(({ box, polygon, score, model }) => ({
        kind: 'face' as const,
        box,
        polygon,
        score,
        detector: model,
      }));
      return { detections, notExamined: [] };
    },
  };
}

async function openExaminers(openEngine: () => Promise<TfEngine>) {
  const engine = await openEngine();
  const examiners: Examiner[] = [
    {
      model: await loadBlazeface(engine),
      plan: { close: [0, 1, 2, 3], tilings: [2, 4] },
      believedFrom: ({ turns }, isWhole) => (isWhole && turns === 0 ? 0.6 : 0.7),
      believedAloneFrom: 0.85,
    },
    {
      model: await loadSsdMobilenet(engine),
      plan: { close: [0], tilings: [] },
      believedFrom: ({ turns }) => (turns === 0 ? 0.4 : 0.7),
      believedAloneFrom: 0,
    },
  ];
  return { engine, examiners };
}

/** A photo small enough that cutting views out of it costs little; `factor` is original ÷ small pixels. */
async function workingSize(image: PixelImage): Promise<{ small: PixelImage; factor: number }> {
  const { width, height, channels, data } = image;
  const factor = Math.max(width, height) / WORKING_SIDE;
  if (factor <= 1) return { small: image, factor: 1 };
  const [w, h] = [Math.max(1, Math.round(width / factor)), Math.max(1, Math.round(height / factor))];
  const small = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize(w, h, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { small: { width: w, height: h, channels, data: small }, factor };
}

async function examineView(
  { model, believedFrom, believedAloneFrom }: Examiner,
  image: PixelImage,
  view: View,
  factor: number,
): Promise<Candidate[]> {
  const isWhole = view.region.width === image.width && view.region.height === image.height;
  const input = await viewPixels(image, view, model.inputSize);
  const faces = await model.detect(input, LEAST_SCORE).catch((cause: unknown) => {
    throw new ImageDeidError('detector-failed', 'detect', `The face model ${model.id} failed`, { cause });
  });
  return faces.map(({ box, score }) => {
    const polygon = boxToSource(view, model.inputSize, box).map(
      ([x, y]) => [x * factor, y * factor] as const,
    );
    return {
      box: boundingBox(polygon),
      polygon,
      score,
      model: model.id,
      believedFrom: believedFrom(view, isWhole),
      believedAloneFrom,
      look: isWhole ? `${model.id} ${view.fill}` : `${model.id} tile`,
    };
  });
}
