import type { Tensor } from '@tensorflow/tfjs-core';
import { eachOnce } from '../../core/each-once.js';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import type { ModelIdentity } from '../../models/model-store.js';
import { resized } from '../../imaging/resized.js';
import type { TfEngine } from '../../models/tf-contract.js';
import { openBundledTfGraph } from '../../models/tf-graph.js';

const ID = 'handtrack';
/** Longer side of the input in pixels; its sides are multiples of STEP. */
const SIDE = 320;
const STEP = 8;
/** Scores of anchors, and their boxes as upper, left, lower and right side, 0–1. */
const OUTPUTS = [
  'StatefulPartitionedCall/Postprocessor/Slice',
  'StatefulPartitionedCall/Postprocessor/ExpandDims_1',
];
/** What an anchor can show; undefined for a face or a fingertip, which is not a hand. */
const POSES = ['open', 'fist', 'pinch', 'point', undefined, undefined, undefined] as const;
/** Hands with lower scores are left out. */
const LEAST = 0.5;
/** Boxes that overlap more than this (intersection over union) show one hand. */
const SAME_HAND = 0.3;

/** A hand, in pixels of the photo. */
export interface SeenHand {
  readonly pose: 'open' | 'fist' | 'pinch' | 'point';
  /** 0–1, as the network gives it. */
  readonly score: number;
  readonly box: Box;
}

/** What every anchor of the network says. */
interface HandAnchors {
  /** Seven per anchor, 0–1. */
  readonly scores: Float32Array;
  /** Upper, left, lower and right side per anchor, as shares of the photo. */
  readonly boxes: Float32Array;
}

/** Finds hands. */
export interface HandModel {
  readonly identity: ModelIdentity;
  /** @param image three channels @throws {ImageDeidError} detector-failed */
  find(image: PixelImage): Promise<SeenHand[]>;
  /** What the network itself says. @param image three channels */
  look(image: PixelImage): Promise<HandAnchors>;
}

/**
 * HandTrack (Dibia 2017), a single-shot detector. Input 1 × height × width × 3, RGB, 0–255 (int32).
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadHandModel(engine: TfEngine): Promise<HandModel> {
  const { graph, identity } = await openBundledTfGraph(engine, ID);
  const look = async (image: PixelImage): Promise<HandAnchors> => {
    const scale = SIDE / Math.max(image.width, image.height);
    const inputSide = (length: number) => Math.max(STEP, Math.round((length * scale) / STEP) * STEP);
    const [width, height] = [inputSide(image.width), inputSide(image.height)];
    const pixels = new Int32Array((await resized(image, width, height)).data);
    const input = engine.tf.tensor4d(pixels, [1, height, width, 3], 'int32');
    let outputs: Tensor[] = [];
    try {
      outputs = (await graph.executeAsync(input, OUTPUTS)) as Tensor[];
      const [scores, boxes] = (await Promise.all(outputs.map((output) => output.data()))) as [
        Float32Array,
        Float32Array,
      ];
      return { scores, boxes };
    } finally {
      engine.tf.dispose([input, ...outputs]);
    }
  };
  return {
    identity,
    look,
    find: async (image) => {
      const { scores, boxes } = await look(image);
      return decodeHands(scores, boxes, image);
    },
  };
}

/**
 * @param scores seven per anchor
 * @param boxes four per anchor
 * @returns surest first, each once
 */
export function decodeHands(
  scores: Float32Array,
  boxes: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): SeenHand[] {
  const seen: SeenHand[] = [];
  for (let anchor = 0; anchor < scores.length / POSES.length; anchor++) {
    if (!showsAnything(scores, anchor * POSES.length)) continue;
    const kinds = scores.subarray(anchor * POSES.length, (anchor + 1) * POSES.length);
    const score = Math.max(...kinds);
    const pose = POSES[kinds.indexOf(score)];
    if (!(score >= LEAST) || !pose) continue;
    const [upper, left, lower, right] = boxes.subarray(anchor * 4, anchor * 4 + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const box = {
      x: left * width,
      y: upper * height,
      width: (right - left) * width,
      height: (lower - upper) * height,
    };
    seen.push({ pose, score, box });
  }
  return eachOnce(seen, (a, b) => boxIou(a.box, b.box) > SAME_HAND);
}

/** Asked of every anchor, nearly always for nothing: no arrays. */
function showsAnything(scores: Float32Array, from: number): boolean {
  for (let at = from; at < from + POSES.length; at++) if ((scores[at] as number) >= LEAST) return true;
  return false;
}
