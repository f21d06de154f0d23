import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { openBundledOnnx } from '../models/bundled-onnx.js';
import { cellMap } from '../models/cell-map.js';
import { inputTensor } from '../models/input-tensor.js';
import type { OnnxModel } from '../models/onnx-engine.js';
import type { ProbabilityMap } from '../imaging/probability-map.js';
import { wholeViewport } from '../models/viewport.js';
import { decodeTextMap, type DecodeSettings } from './decode-text-map.js';

/** The id in models/manifest.json. */
const FINDER_MODEL = 'pp-ocrv4-det';
/** PaddleOCR's own settings. */
const DECODE: DecodeSettings = { pixelThreshold: 0.3, boxThreshold: 0.6, unclipRatio: 1.5, minSide: 3 };
/** The most that the longer side of the network's input may have, in pixels. */
const SIDE = 1280;

/** PP-OCRv4's detection network (Baidu, 2023). */
export interface TextFinder {
  /**
   * Lines of text in the whole image, seen at 1280 pixels at most and never enlarged: what a program that was not made
   * for patients' photos would find. Polygons in pixels of the image.
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
  const { model } = await openBundledOnnx(FINDER_MODEL);
  return {
    find: async (image) => {
      const map = await textMap(model, image);
      const [sx, sy] = [image.width / map.width, image.height / map.height];
      return decodeTextMap(map, DECODE).map(({ polygon }) =>
        polygon.map(([x, y]) => [x * sx, y * sy] as const),
      );
    },
  };
}

async function textMap(model: OnnxModel, image: PixelImage): Promise<ProbabilityMap> {
  const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
  const viewport = wholeViewport(image.width, image.height, scale);
  const [input, output] = [model.inputNames[0] ?? '', model.outputNames[0] ?? ''];
  const answer = (await model.run({ [input]: await inputTensor(image, viewport) }))[output];
  return cellMap(FINDER_MODEL, answer, viewport, 1, 1);
}
