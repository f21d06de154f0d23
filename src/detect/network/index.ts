import type { Polygon } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openBundledOnnx } from '../../models/bundled-onnx.js';
import { cellMap } from '../../models/cell-map.js';
import type { FloatTensor, OnnxModel } from '../../models/onnx-engine.js';
import type { ModelIdentity } from '../contract.js';
import { mirrored } from '../../imaging/turned.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import { inputTensor } from '../../models/input-tensor.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';
import type { Viewport } from '../../models/viewport.js';
import { decodeTextMap, type DecodeSettings } from '../../ocr/index.js';
import { planSecondViewports, planViewports, showsTheSame } from './viewports.js';

export { closeViewports, isStrip, toPhoto, type Tiles } from './viewports.js';

/** The ids in models/manifest.json of the network for tattoos and of the one for text. */
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

/** The tattoo network's answer to one viewport. */
export interface Look {
  readonly viewport: Viewport;
  /** An eighth of the viewport's input. */
  readonly tattoo: ProbabilityMap;
}

/** Where the text network sees text in one viewport. Decoded at once, because a map is as large as the viewport. */
export interface TextLook {
  readonly viewport: Viewport;
  /** In pixels of the viewport's input; score 0–1. */
  readonly lines: readonly { readonly polygon: Polygon; readonly score: number }[];
}

/** What both networks answer to one visible version of a photo. */
export interface Looks {
  /** The version: three channels, as large as the photo. */
  readonly image: PixelImage;
  /** The whole photo at two sizes. */
  readonly far: Look;
  readonly near: Look;
  /** Closer looks that still show the same as `near`: closer still, skin shows a texture of its own. */
  readonly close: readonly Look[];
  /** Together they show the whole photo, at the largest size that helps. */
  readonly text: readonly TextLook[];
}

/** The tattoo network's second answer to one visible version: in a mirror and at sizes that `Looks` did not use. */
export interface SecondLooks {
  /** The version with left and right swapped; both looks are at this image. */
  readonly mirrored: PixelImage;
  readonly coarse: Look;
  readonly fine: Look;
}

/**
 * The network for tattoos (models/patient-photo-net) and, for the close looks, the network for text
 * (models/patient-text-net).
 */
export interface Network {
  readonly identities: { readonly photo: ModelIdentity; readonly text: ModelIdentity };
  /**
   * One per visible version; an image is looked at only once, however many detectors ask.
   * @throws {ImageDeidError} detector-failed
   */
  look(image: PixelImage): Promise<readonly Looks[]>;
  /**
   * The same for the check of what detection saw: it shares no look with detection.
   * @throws {ImageDeidError} detector-failed
   */
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

/** Remembers the looks at the last image only, because those at every frame of an animation would fill the memory. */
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
    const plan = planViewports(version.width, version.height);
    const look = async (viewport: Viewport) => lookAt(photo, await inputTensor(version, viewport), viewport);
    const [close, lines]: [Look[], TextLook[]] = [[], []];
    let input: FloatTensor | undefined;
    for (const viewport of plan.close) {
      input = await inputTensor(version, viewport, input);
      lines.push(await readAt(text, input, viewport));
      if (showsTheSame(viewport, plan.near)) close.push(await lookAt(photo, input, viewport));
    }
    all.push({ image: version, far: await look(plan.far), near: await look(plan.near), close, text: lines });
  }
  return all;
}

async function lookAgainAtVersions(photo: OnnxModel, image: PixelImage): Promise<SecondLooks[]> {
  const all: SecondLooks[] = [];
  for (const version of visibleVersions(image)) {
    const inMirror = mirrored(version);
    const plan = planSecondViewports(version.width, version.height);
    const look = async (viewport: Viewport) => lookAt(photo, await inputTensor(inMirror, viewport), viewport);
    all.push({ mirrored: inMirror, coarse: await look(plan.coarse), fine: await look(plan.fine) });
  }
  return all;
}

async function readAt(model: OnnxModel, image: FloatTensor, viewport: Viewport): Promise<TextLook> {
  const map = cellMap(TEXT_MODEL, (await model.run({ image }))['text'], viewport, 1, 1);
  return { viewport, lines: decodeTextMap(map, TEXT_DECODING) };
}

async function lookAt(model: OnnxModel, image: FloatTensor, viewport: Viewport): Promise<Look> {
  const answers = await model.run({ image });
  return { viewport, tattoo: cellMap(NETWORK_MODEL, answers['tattoo'], viewport, TATTOO_STRIDE, 1) };
}
