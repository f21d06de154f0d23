import { boundingBox, boxIou } from '../../core/geometry.js';
import type { Detection } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import type { PixelImage } from '../../core/image.js';
import { loadModel } from '../../inference/model-store.js';
import { openOnnxModel, type OnnxModel } from '../../inference/onnx-engine.js';
import type { Detector } from '../contract.js';
import { visibleVersions } from '../visible-versions.js';
import { decodeMap, type DecodeSettings } from './decode-map.js';
import { inputTensor } from './input-tensor.js';
import type { ProbabilityMap } from './probability-map.js';
import { scalesFor, viewsAtScale, type View } from './views.js';

const ID = 'text';
const MODEL = 'pp-ocrv4-det';
/** PaddleOCR's own, but for a lower box threshold and a wider unclip: a leak costs more than a few covered pixels. */
const DECODE: DecodeSettings = { pixelThreshold: 0.3, boxThreshold: 0.4, unclipRatio: 1.8, minSide: 3 };
/** Two views of the same word; the weaker one is dropped when it says nothing new. */
const SAME_WORD = 0.7;

/**
 * Text of any direction, by PP-OCRv4's detection network (Baidu, 2023). The whole photo is seen at 1280 pixels and
 * in overlapping tiles at full size; small photos are enlarged.
 */
export function textDetector(): Detector {
  let model: Promise<{ readonly network: OnnxModel; readonly sha256: string }> | undefined;
  const load = () => (model ??= openTextModel());
  return {
    id: ID,
    kind: 'text',
    models: [MODEL],
    load: async () => {
      const { network, sha256 } = await load();
      return [{ id: MODEL, sha256, engine: network.engine }];
    },
    examine: async (image) => {
      const { network } = await load();
      const found: Detection[] = [];
      for (const version of visibleVersions(image)) {
        for (const scale of scalesFor(image.width, image.height)) {
          for (const view of viewsAtScale(image.width, image.height, scale)) {
            found.push(...(await examineView(network, version, view)));
          }
        }
      }
      return { detections: dropRepeats(found), notExamined: [] };
    },
  };
}

async function openTextModel() {
  const { files, sha256 } = await loadModel(MODEL);
  const [bytes] = files.values();
  if (!bytes)
    throw new ImageDeidError(
      'model-missing',
      'models',
      `The model ${MODEL} is empty; install image-deid again`,
    );
  return { network: await openOnnxModel(bytes), sha256 };
}

async function examineView(network: OnnxModel, image: PixelImage, view: View): Promise<Detection[]> {
  const [input, output] = [network.inputNames[0] ?? '', network.outputNames[0] ?? ''];
  const answer = (await network.run({ [input]: await inputTensor(image, view) }))[output];
  if (answer?.data.length !== view.width * view.height) {
    throw new ImageDeidError('detector-failed', 'detect', 'The text model gave a map of an unexpected size');
  }
  const map: ProbabilityMap = { width: view.width, height: view.height, data: answer.data };
  const [sx, sy] = [view.region.width / view.width, view.region.height / view.height];
  return decodeMap(map, DECODE).map(({ polygon: onMap, score }) => {
    const polygon = onMap.map(([x, y]) => [view.region.x + x * sx, view.region.y + y * sy] as const);
    return { kind: 'text', box: boundingBox(polygon), polygon, score, detector: ID };
  });
}

/** Best first; a word that two views saw alike is listed once. */
function dropRepeats(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => boxIou(box, candidate.box) > SAME_WORD)) kept.push(candidate);
  }
  return kept;
}
