import { ImageDeidError } from '../../core/errors.js';
import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../inference/bundled-onnx.js';
import type { FloatTensor, OnnxModel } from '../../inference/onnx-engine.js';
import type { ModelIdentity } from '../contract.js';
import { visibleVersions } from '../../core/visible-versions.js';
import type { FaceMap } from './face-map.js';
import { inputTensor, type View } from '../../inference/input-tensor.js';
import type { ProbabilityMap } from '../../inference/probability-map.js';
import { planViews } from './views.js';

export type { FaceMap } from './face-map.js';
export { isStrip, toPhoto } from './views.js';

/** In models/manifest.json. */
export const NETWORK_MODEL = 'patient-photo-net';
const FACE_STRIDES = [4, 8, 16, 32] as const;
const TATTOO_STRIDE = 8;

/** What the network answers to one view. */
export interface Look {
  readonly view: View;
  /** As large as the view's input. */
  readonly text: ProbabilityMap;
  /** An eighth of the view's input. */
  readonly tattoo: ProbabilityMap;
  readonly faces: readonly FaceMap[];
}

/** What it answers to one visible version of a photo. */
export interface Looks {
  /** The version: three channels, as large as the photo. */
  readonly image: PixelImage;
  /** The whole photo at two sizes. */
  readonly far: Look;
  readonly near: Look;
  /** Together the whole photo, as large as it helps. */
  readonly close: readonly Look[];
}

/** The network that answers for faces, tattoos and text at once (models/patient-photo-net). */
export interface Network {
  readonly identity: ModelIdentity;
  /** One per visible version of the image; the same image is looked at once, however many detectors ask. @throws {ImageDeidError} detector-failed */
  look(image: PixelImage): Promise<readonly Looks[]>;
}

let opened: Promise<Network> | undefined;

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openNetwork(): Promise<Network> {
  return (opened ??= loadNetwork());
}

async function loadNetwork(): Promise<Network> {
  const { model, identity } = await openBundledOnnx(NETWORK_MODEL);
  // Of the last image only, because the looks at every frame of an animation would fill the memory; gone with the image.
  let known = new WeakMap<PixelImage, Promise<readonly Looks[]>>();
  return {
    identity,
    look: (image) => {
      const looks = known.get(image) ?? lookAtVersions(model, image);
      known = new WeakMap([[image, looks]]);
      return looks;
    },
  };
}

async function lookAtVersions(model: OnnxModel, image: PixelImage): Promise<Looks[]> {
  const all: Looks[] = [];
  for (const version of visibleVersions(image)) {
    const plan = planViews(version.width, version.height);
    const close: Look[] = [];
    for (const view of plan.close) close.push(await lookAt(model, version, view));
    all.push({
      image: version,
      far: await lookAt(model, version, plan.far),
      near: await lookAt(model, version, plan.near),
      close,
    });
  }
  return all;
}

async function lookAt(model: OnnxModel, image: PixelImage, view: View): Promise<Look> {
  const answers = await model.run({ image: await inputTensor(image, view) });
  return {
    view,
    text: probabilityMap(answers['text'], view, 1),
    tattoo: probabilityMap(answers['tattoo'], view, TATTOO_STRIDE),
    faces: FACE_STRIDES.map((stride) => {
      const [width, height] = [view.width / stride, view.height / stride];
      return { stride, width, height, data: checked(answers[`face${stride}`], 5 * width * height) };
    }),
  };
}

function probabilityMap(answer: FloatTensor | undefined, view: View, stride: number): ProbabilityMap {
  const [width, height] = [view.width / stride, view.height / stride];
  return { width, height, data: checked(answer, width * height) };
}

function checked(answer: FloatTensor | undefined, length: number): Float32Array {
  if (answer?.data.length === length) return answer.data;
  const message = `The model ${NETWORK_MODEL} gave a map of an unexpected size`;
  throw new ImageDeidError('detector-failed', 'detect', message);
}
