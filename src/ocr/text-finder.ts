import { ImageDeidError } from '../core/errors.js';
import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { openBundledOnnx } from '../inference/bundled-onnx.js';
import { inputTensor, type View } from '../inference/input-tensor.js';
import type { ModelIdentity } from '../inference/model-store.js';
import type { OnnxModel } from '../inference/onnx-engine.js';
import type { ProbabilityMap } from '../inference/probability-map.js';
import { decodeTextMap, type DecodeSettings } from './decode-text-map.js';

/** In models/manifest.json. */
export const FINDER_MODEL = 'pp-ocrv4-det';
/** PaddleOCR's own settings. */
const DECODE: DecodeSettings = { pixelThreshold: 0.3, boxThreshold: 0.6, unclipRatio: 1.5, minSide: 3 };
/** Longer side of the network's input at most, and what its sides are multiples of. */
const SIDE = 1280;
const STEP = 32;

/** PP-OCRv4's detection network (Baidu, 2023). */
export interface TextFinder {
  readonly identity: ModelIdentity;
  /**
   * Lines of text in the whole image, seen at 1280 pixels at most and never enlarged, as any program would find them that was not made for patients'
   * photos; polygons in pixels of the image.
   * @param image three channels
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage): Promise<Polygon[]>;
}

let opened: Promise<TextFinder> | undefined;

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openTextFinder(): Promise<TextFinder> {
  return (opened ??= loadFinder());
}

async function loadFinder(): Promise<TextFinder> {
  const { model, identity } = await openBundledOnnx(FINDER_MODEL);
  return {
    identity,
    find: async (image) => {
      const map = await lookAt(model, image, wholeView(image));
      const [sx, sy] = [image.width / map.width, image.height / map.height];
      return decodeTextMap(map, DECODE).map(({ polygon }) =>
        polygon.map(([x, y]) => [x * sx, y * sy] as const),
      );
    },
  };
}

async function lookAt(model: OnnxModel, image: PixelImage, view: View): Promise<ProbabilityMap> {
  const [input, output] = [model.inputNames[0] ?? '', model.outputNames[0] ?? ''];
  const answer = (await model.run({ [input]: await inputTensor(image, view) }))[output];
  if (answer?.data.length !== view.width * view.height) {
    throw new ImageDeidError('detector-failed', 'detect', 'The text model gave a map of an unexpected size');
  }
  return { width: view.width, height: view.height, data: answer.data };
}

function wholeView({ width, height }: PixelImage): View {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const inputSide = (length: number) => Math.max(STEP, Math.round((length * scale) / STEP) * STEP);
  return { region: { x: 0, y: 0, width, height }, width: inputSide(width), height: inputSide(height) };
}
