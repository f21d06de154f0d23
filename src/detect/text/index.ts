import { boundingBox, boxIou, type Polygon } from '../../core/geometry.js';
import type { Detection } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import type { PixelImage } from '../../core/image.js';
import { loadModel } from '../../inference/model-store.js';
import { openOnnxModel, type OnnxModel } from '../../inference/onnx-engine.js';
import type { Detector } from '../contract.js';
import { NETWORK_MODEL, openNetwork, type Look } from '../network/index.js';
import { inputTensor } from '../network/input-tensor.js';
import type { ProbabilityMap } from '../network/probability-map.js';
import { decodeMap, meanInside, type DecodeSettings } from './decode-map.js';

const ID = 'text';
const MODEL = 'pp-ocrv4-det';
/** PaddleOCR's own, but for a lower box threshold and a wider unclip: a leak costs more than a few covered pixels. */
const DECODE: DecodeSettings = { pixelThreshold: 0.3, boxThreshold: 0.4, unclipRatio: 1.8, minSide: 3 };
/** Mean of the own network's text map, in both of its looks, below which a region is no text: that network has seen skin. */
const VETO_BELOW = 0.15;
/** Two views of the same word; the weaker one is dropped when it says nothing new. */
const SAME_WORD = 0.7;

/**
 * Text of any direction, by PP-OCRv4's detection network (Baidu, 2023) in the own network's close looks. What it takes for
 * text on skin, the own network vetoes.
 */
export function textDetector(): Detector {
  let model: Promise<{ readonly network: OnnxModel; readonly sha256: string }> | undefined;
  const load = () => (model ??= openTextModel());
  return {
    id: ID,
    kind: 'text',
    models: [MODEL, NETWORK_MODEL],
    load: async () => {
      const { network, sha256 } = await load();
      return [{ id: MODEL, sha256, engine: network.engine }, (await openNetwork()).identity];
    },
    examine: async (image) => {
      const { network } = await load();
      const looks = await (await openNetwork()).look(image);
      const found: Detection[] = [];
      for (const { image: version, near, close } of looks) {
        for (const look of close) found.push(...(await examineLook(network, version, look, near)));
      }
      return { detections: dropRepeats(found), notExamined: [] };
    },
  };
}

async function openTextModel() {
  const { files, sha256 } = await loadModel(MODEL);
  const [bytes] = files.values();
  if (!bytes) {
    const message = `The model ${MODEL} is empty; install image-deid again`;
    throw new ImageDeidError('model-missing', 'models', message);
  }
  return { network: await openOnnxModel(bytes), sha256 };
}

async function examineLook(
  network: OnnxModel,
  image: PixelImage,
  { view, text }: Look,
  near: Look,
): Promise<Detection[]> {
  const [input, output] = [network.inputNames[0] ?? '', network.outputNames[0] ?? ''];
  const answer = (await network.run({ [input]: await inputTensor(image, view) }))[output];
  if (answer?.data.length !== view.width * view.height) {
    throw new ImageDeidError('detector-failed', 'detect', 'The text model gave a map of an unexpected size');
  }
  const map: ProbabilityMap = { width: view.width, height: view.height, data: answer.data };
  const [sx, sy] = [view.region.width / view.width, view.region.height / view.height];
  return decodeMap(map, DECODE).flatMap(({ polygon: onMap, score }) => {
    const polygon = onMap.map(([x, y]) => [view.region.x + x * sx, view.region.y + y * sy] as const);
    const agrees =
      meanInside(text, onMap) >= VETO_BELOW || meanInside(near.text, onLook(near, polygon)) >= VETO_BELOW;
    return agrees ? [{ kind: 'text' as const, box: boundingBox(polygon), polygon, score, detector: ID }] : [];
  });
}

/** From pixels of the photo to those of a look at the whole of it. */
function onLook({ view: { region, width, height } }: Look, polygon: Polygon): Polygon {
  return polygon.map(([x, y]) => [(x * width) / region.width, (y * height) / region.height] as const);
}

/** Best first; a word that two views saw alike is listed once. */
function dropRepeats(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => boxIou(box, candidate.box) > SAME_WORD)) kept.push(candidate);
  }
  return kept;
}
