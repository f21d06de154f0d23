import sharp from 'sharp';
import type { Tensor } from '@tensorflow/tfjs-core';
import { ImageDeidError } from '../../core/errors.js';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { loadModel, type ModelIdentity } from '../../inference/model-store.js';
import type { TfEngine } from '../../inference/tf-contract.js';
import { graphArtifacts } from '../../inference/tf-weights.js';
import { LABELS, type Label } from './labels.js';

const ID = 'centernet';
/** Side of the input in pixels; the photo is squeezed into it, as in training. */
const SIDE = 512;
const OUTPUT = 'tower_0/detections';
/** Per object: left, upper, right and lower side in pixels of the input, score, number of the label. */
const COLUMNS = 6;
/** Below, nothing is listed. */
const LEAST = 0.3;
/** Two boxes of one object. */
const SAME_OBJECT = 0.5;

/** A thing of everyday life, in pixels of the photo. */
export interface SeenObject {
  readonly label: Label;
  /** 0–1, as the network gives it. */
  readonly score: number;
  readonly box: Box;
}

/** Finds the 80 kinds of objects of COCO (Lin et al. 2014). */
export interface ObjectModel {
  readonly identity: ModelIdentity;
  /** @param image three channels @throws {ImageDeidError} detector-failed */
  find(image: PixelImage): Promise<SeenObject[]>;
}

/**
 * CenterNet (Zhou et al. 2019) on MobileNet v3. Input 1 × 512 × 512 × 3, RGB, 0–255.
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadObjectModel(engine: TfEngine): Promise<ObjectModel> {
  const model = await loadModel(ID);
  const graph = await engine.loadGraphModel(graphArtifacts(model)).catch((cause: unknown) => {
    throw new ImageDeidError('model-mismatch', 'models', `${engine.name} does not accept the model ${ID}`, {
      cause,
    });
  });
  return {
    identity: { id: ID, sha256: model.sha256, engine: engine.name },
    find: async (image) => {
      const input = Float32Array.from(await squeezed(image, SIDE, SIDE));
      const output = engine.tf.tidy(
        () => graph.execute(engine.tf.tensor4d(input, [1, SIDE, SIDE, 3]), OUTPUT) as Tensor,
      );
      try {
        return decodeObjects((await output.data()) as Float32Array, image);
      } finally {
        output.dispose();
      }
    },
  };
}

/** RGB, width × height × 3. */
export async function squeezed(image: PixelImage, width: number, height: number): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: image.channels };
  return sharp(image.data, { raw, limitInputPixels: false })
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer();
}

/** Rows of six numbers to objects, surest first, each once. */
export function decodeObjects(
  rows: Float32Array,
  photo: { readonly width: number; readonly height: number },
): SeenObject[] {
  const [sx, sy] = [photo.width / SIDE, photo.height / SIDE];
  const seen: SeenObject[] = [];
  for (let at = 0; at + COLUMNS <= rows.length; at += COLUMNS) {
    const [left, upper, right, lower, score, kind] = rows.subarray(at, at + COLUMNS) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const label = LABELS[kind];
    if (!(score >= LEAST) || !label) continue;
    const box = { x: left * sx, y: upper * sy, width: (right - left) * sx, height: (lower - upper) * sy };
    seen.push({ label, score, box });
  }
  return eachOnce(seen, (a, b) => a.label === b.label && boxIou(a.box, b.box) > SAME_OBJECT);
}

/** The surest of those that are the same, surest first (greedy non-maximum suppression). */
export function eachOnce<T extends { readonly score: number }>(
  seen: readonly T[],
  isSame: (a: T, b: T) => boolean,
): T[] {
  const kept: T[] = [];
  for (const one of [...seen].sort((a, b) => b.score - a.score)) {
    if (!kept.some((surer) => isSame(surer, one))) kept.push(one);
  }
  return kept;
}
