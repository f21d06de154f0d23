import { eachOnce } from '../../core/each-once.js';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import type { ModelIdentity } from '../../models/model-store.js';
import { openConvertedGraph } from '../../models/converted/index.js';
import { handInput, SIDE } from './hand-input.js';
import { seenByAnchors, type AnchorMap, type Anchors, type SeenByAnchor } from './ssd-anchors.js';

const ID = 'handtrack';
const CALL = 'StatefulPartitionedCall';
/** The squeezed photo. */
const START = `${CALL}/map/TensorArrayV2Stack/TensorListStack`;
/** One per grid, of 40, 20, 10, 5 and 3 places a side: what anchors show, and where. */
const GRIDS = ['', '_1', '_2', '_3', '_4'];
const PREDICTOR = `${CALL}/WeightSharedConvolutionalBoxPredictor`;
const KINDS = `${PREDICTOR}/WeightSharedConvolutionalClassHead/ClassPredictor/BiasAdd`;
const BOXES = `${PREDICTOR}/WeightSharedConvolutionalBoxHead/BoxPredictor/BiasAdd`;
/** Where the anchors are, as the graph has it: in steps of 1/255 of the largest. Middles, heights and widths. */
const ANCHORS = ['add', 'add_1', 'sub_1', 'sub'].map(
  (name) => `${CALL}/Postprocessor/Decode/get_center_coordinates_and_sizes/${name}`,
);

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

/** Finds hands. */
export interface HandModel {
  readonly identity: ModelIdentity;
  /** @param image three channels @throws {ImageDeidError} detector-failed */
  find(image: PixelImage): Promise<SeenHand[]>;
  /** What the anchors see. @param image three channels @param least of its score; all anchors from 0 on */
  look(image: PixelImage, least: number): Promise<SeenByAnchor[]>;
}

/**
 * HandTrack (Dibia 2017), a single-shot detector on MobileNet v2. Input 1 × 320 × 320 × 3, RGB, −1 to 1. Its graph is
 * cut behind what resizes the photo and before what decodes the answer: both are control flow and thousands of
 * anchors, of which few matter.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function loadHandModel(): Promise<HandModel> {
  const outputs = GRIDS.flatMap((grid) => [`${KINDS}${grid}`, `${BOXES}${grid}`]);
  const graph = await openConvertedGraph(ID, SIDE, outputs, { start: START, constants: ANCHORS });
  const [middleY, middleX, heights, widths] = graph.constants as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const anchors: Anchors = { middleY, middleX, heights, widths };
  const look = async (image: PixelImage, least: number) => {
    const answers = await graph.run(await handInput(image));
    const maps = GRIDS.map((_, grid) => {
      const [kinds, boxes] = answers.slice(2 * grid) as [Float32Array, Float32Array];
      return { kinds, boxes } satisfies AnchorMap;
    });
    return seenByAnchors(maps, anchors, POSES.length, least);
  };
  return {
    identity: graph.identity,
    look,
    find: async (image) => handsOf(await look(image, LEAST), image),
  };
}

/** @returns surest first, each once */
export function handsOf(
  seen: readonly SeenByAnchor[],
  { width, height }: { readonly width: number; readonly height: number },
): SeenHand[] {
  const hands = seen.flatMap(({ kind, score, upper, left, lower, right }): SeenHand[] => {
    const pose = POSES[kind];
    if (!pose) return [];
    const box = {
      x: left * width,
      y: upper * height,
      width: (right - left) * width,
      height: (lower - upper) * height,
    };
    return [{ pose, score, box }];
  });
  return eachOnce(hands, (a, b) => boxIou(a.box, b.box) > SAME_HAND);
}
