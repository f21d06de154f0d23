import { ImageDeidError } from '../../core/errors.js';
import { boundingBox, boxPolygon } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openTfEngine } from '../../inference/tf-engine.js';
import type { Detector } from '../contract.js';
import { shrunk } from '../../inference/resized.js';
import { isStrip, NETWORK_MODEL, openNetwork, type Look } from '../network/index.js';
import { loadBlazeface } from './blazeface.js';
import type { FaceModel } from './face-model.js';
import { selectFaces, type FaceThresholds, type LookedAtFace, type SeenFace } from './select-faces.js';
import { boxToSource, type View } from './view.js';
import { viewPixels } from './view-pixels.js';
import { faceViews } from './views.js';

const ID = 'face';
const STRIP = 'The photo is too narrow a strip to look for faces';
const THRESHOLDS: FaceThresholds = {
  large: 0.6,
  small: 0.82,
  largeFrom: 0.15,
  ownConfirmed: 0.35,
  confirms: 0.7,
};
/** Longer side, in pixels, of what BlazeFace is shown views of: more than its input. */
const SECOND_SIDE = 1024;

/** Faces of any size and direction: every look of the network, and BlazeFace as a second opinion on the whole photo. */
export function faceDetector(): Detector {
  let second: Promise<{ readonly model: FaceModel; readonly engine: string }> | undefined;
  const loadSecond = () => (second ??= openSecond());
  return {
    id: ID,
    kind: 'face',
    models: [NETWORK_MODEL, 'blazeface'],
    load: async () => {
      const { model, engine } = await loadSecond();
      return [(await openNetwork()).identities.photo, { id: model.id, sha256: model.sha256, engine }];
    },
    examine: async (image) => {
      const looks = await (await openNetwork()).look(image);
      const own = looks.flatMap(({ far, near, close }) => [far, near, ...close].flatMap(facesOfLook));
      const { model } = await loadSecond();
      const others: SeenFace[] = [];
      for (const { image: version } of looks) others.push(...(await secondOpinion(model, version)));
      const side = Math.max(image.width, image.height);
      const detections = selectFaces(own, others, side, THRESHOLDS).map(({ box, score }) => {
        return { kind: 'face' as const, box, polygon: boxPolygon(box), score, detector: ID };
      });
      const notExamined = isStrip(image.width, image.height) ? [STRIP] : [];
      return { detections, notExamined };
    },
  };
}

async function openSecond() {
  const engine = await openTfEngine();
  return { model: await loadBlazeface(engine), engine: engine.name };
}

/** In pixels of the photo. */
function facesOfLook({ view: { region, width, height }, faces }: Look): LookedAtFace[] {
  const [sx, sy] = [region.width / width, region.height / height];
  return faces
    .filter(({ score }) => score >= THRESHOLDS.ownConfirmed)
    .map(({ box: { x, y, width, height }, score }) => {
      const box = { x: region.x + x * sx, y: region.y + y * sy, width: width * sx, height: height * sy };
      return { box, score, scale: Number((1 / sx).toPrecision(2)) };
    });
}

/** What another network sees in the whole photo, in four directions; in pixels of the photo. */
async function secondOpinion(model: FaceModel, image: PixelImage): Promise<SeenFace[]> {
  const small = await shrunk(image, SECOND_SIDE);
  const factor = Math.max(1, Math.max(image.width, image.height) / SECOND_SIDE);
  const seen: SeenFace[] = [];
  for (const view of faceViews(small.width, small.height)) {
    seen.push(...(await examineView(model, small, view, factor)));
  }
  return seen;
}

async function examineView(
  model: FaceModel,
  image: PixelImage,
  view: View,
  factor: number,
): Promise<SeenFace[]> {
  const input = await viewPixels(image, view, model.inputSize);
  const faces = await model.detect(input, THRESHOLDS.confirms).catch((cause: unknown) => {
    throw new ImageDeidError('detector-failed', 'detect', `The face model ${model.id} failed`, { cause });
  });
  return faces.map(({ box, score }) => {
    const polygon = boxToSource(view, model.inputSize, box).map(
      ([x, y]) => [x * factor, y * factor] as const,
    );
    return { box: boundingBox(polygon), score };
  });
}
