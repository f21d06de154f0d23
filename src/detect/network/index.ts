import sharp from 'sharp';
import { ImageDeidError } from '../../core/errors.js';
import type { Polygon } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import type { FloatTensor, OnnxModel } from '../../models/onnx-engine.js';
import type { ModelIdentity } from '../contract.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import { inputTensor } from '../../models/input-tensor.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';
import type { View } from '../../models/view.js';
import { decodeTextMap, type DecodeSettings } from '../../ocr/index.js';
import { planSecondViews, planViews, showsTheSame } from './views.js';

export { isStrip, planViews, toPhoto } from './views.js';

/** In models/manifest.json: what answers for tattoos, and what answers for text. */
export const NETWORK_MODEL = 'patient-photo-net';
export const TEXT_MODEL = 'patient-text-net';
const TATTOO_STRIDE = 8;
/** Chosen on held-out photos (docs/EVALUATION.md, "Text"): the network answers with kernels of half a line's height. */
const TEXT_DECODING: DecodeSettings = {
  pixelThreshold: 0.3,
  boxThreshold: 0.4,
  unclipRatio: 0.9,
  minSide: 5,
};

/** What the network answers to one view. Decoded at once: the maps of all views together take more memory than the photo. */
export interface Look {
  readonly view: View;
  /** An eighth of the view's input. */
  readonly tattoo: ProbabilityMap;
}

/** Where the other network sees text in one view. */
export interface TextLook {
  readonly view: View;
  /** In pixels of the view's input; score 0–1. */
  readonly lines: readonly { readonly polygon: Polygon; readonly score: number }[];
}

/** What both answer to one visible version of a photo. */
export interface Looks {
  /** The version: three channels, as large as the photo. */
  readonly image: PixelImage;
  /** The whole photo at two sizes. */
  readonly far: Look;
  readonly near: Look;
  /** As large as it still shows what `near` shows: closer, skin has a texture of its own. */
  readonly close: readonly Look[];
  /** Together the whole photo, as large as it helps. */
  readonly text: readonly TextLook[];
}

/** What it answers to one visible version when it looks again: in a mirror and at sizes at which `Looks` did not. */
export interface SecondLooks {
  /** The version with left and right exchanged; what all looks are at. */
  readonly mirrored: PixelImage;
  readonly coarse: Look;
  readonly fine: Look;
}

/**
 * The network that answers for tattoos (models/patient-photo-net) and, in the close looks, the one that answers
 * for text (models/patient-text-net).
 */
export interface Network {
  readonly identities: { readonly photo: ModelIdentity; readonly text: ModelIdentity };
  /** One per visible version of the image; the same image is looked at once, however many detectors ask. @throws {ImageDeidError} detector-failed */
  look(image: PixelImage): Promise<readonly Looks[]>;
  /** The same, for whoever checks what detection saw: no look is one of detection's. @throws {ImageDeidError} detector-failed */
  lookAgain(image: PixelImage): Promise<readonly SecondLooks[]>;
}

let opened: Promise<Network> | undefined;

/** Loads both once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openNetwork(): Promise<Network> {
  return (opened ??= loadNetwork());
}

async function loadNetwork(): Promise<Network> {
  const photo = await openBundledOnnx(NETWORK_MODEL);
  const text = await openBundledOnnx(TEXT_MODEL);
  return {
    identities: { photo: photo.identity, text: text.identity },
    look: ofTheLast((image) => lookAtVersions(photo.model, text.model, image)),
    lookAgain: ofTheLast((image) => lookAgainAtVersions(photo.model, image)),
  };
}

/** Of the last image only, because the looks at every frame of an animation would fill the memory; gone with the image. */
function ofTheLast<T>(look: (image: PixelImage) => Promise<T>): (image: PixelImage) => Promise<T> {
  let known = new WeakMap<PixelImage, Promise<T>>();
  return (image) => {
    const looks = known.get(image) ?? look(image);
    known = new WeakMap([[image, looks]]);
    return looks;
  };
}

async function lookAtVersions(photo: OnnxModel, text: OnnxModel, image: PixelImage): Promise<Looks[]> {
  const all: Looks[] = [];
  for (const version of visibleVersions(image)) {
    const plan = planViews(version.width, version.height);
    const look = async (view: View) => lookAt(photo, await inputTensor(version, view), view);
    const [close, lines]: [Look[], TextLook[]] = [[], []];
    for (const view of plan.close) {
      const input = await inputTensor(version, view);
      lines.push(await readAt(text, input, view));
      if (showsTheSame(view, plan.near)) close.push(await lookAt(photo, input, view));
    }
    all.push({ image: version, far: await look(plan.far), near: await look(plan.near), close, text: lines });
  }
  return all;
}

async function lookAgainAtVersions(photo: OnnxModel, image: PixelImage): Promise<SecondLooks[]> {
  const all: SecondLooks[] = [];
  for (const { width, height, channels, data } of visibleVersions(image)) {
    const turned = sharp(data, { raw: { width, height, channels } }).flop();
    const mirrored: PixelImage = { width, height, channels, data: await turned.raw().toBuffer() };
    const plan = planSecondViews(width, height);
    const look = async (view: View) => lookAt(photo, await inputTensor(mirrored, view), view);
    all.push({ mirrored, coarse: await look(plan.coarse), fine: await look(plan.fine) });
  }
  return all;
}

async function readAt(model: OnnxModel, image: FloatTensor, view: View): Promise<TextLook> {
  const map = probabilityMap(TEXT_MODEL, (await model.run({ image }))['text'], view, 1);
  return { view, lines: decodeTextMap(map, TEXT_DECODING) };
}

async function lookAt(model: OnnxModel, image: FloatTensor, view: View): Promise<Look> {
  const answers = await model.run({ image });
  return {
    view,
    tattoo: probabilityMap(NETWORK_MODEL, answers['tattoo'], view, TATTOO_STRIDE),
  };
}

function probabilityMap(
  model: string,
  answer: FloatTensor | undefined,
  view: View,
  stride: number,
): ProbabilityMap {
  const [width, height] = [view.width / stride, view.height / stride];
  return { width, height, data: checked(model, answer, width * height) };
}

function checked(model: string, answer: FloatTensor | undefined, length: number): Float32Array {
  if (answer?.data.length === length) return answer.data;
  const message = `The model ${model} gave a map of an unexpected size`;
  throw new ImageDeidError('detector-failed', 'detect', message);
}
