import type { Tensor } from '@tensorflow/tfjs-core';
import { eachOnce } from '../../core/each-once.js';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import type { ModelIdentity } from '../../models/model-store.js';
import { resized } from '../../imaging/resized.js';
import type { TfEngine } from '../../models/tf-contract.js';
import { openBundledTfGraph } from '../../models/tf-graph.js';
import { LABELS, type Label } from './labels.js';

const ID = 'centernet';
/** Side of the input in pixels; the photo is squeezed into it, as in training. */
const SIDE = 512;
const OUTPUT = 'tower_0/detections';
/** Per object: left, upper, right and lower side in pixels of the input, score, number of the label. */
const COLUMNS = 6;
/** Objects with lower scores are left out. */
const LEAST = 0.3;
/** Boxes that overlap more than this (intersection over union) show one object. */
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
  const { graph, identity } = await openBundledTfGraph(engine, ID);
  return {
    identity,
    find: async (image) => {
      const input = new Float32Array((await resized(image, SIDE, SIDE)).data);
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

/** Turns rows of six numbers into objects, surest first, each once. */
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
