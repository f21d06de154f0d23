import { openGraph, type TensorFlow } from './tensorflow.ts';

/** A graph that is converted, and what it is asked for. */
export interface ConvertedCase {
  readonly id: string;
  /** Side of its input, and the least and the largest number in it. */
  readonly size: number;
  readonly range: readonly [number, number];
  readonly outputs: readonly string[];
  /** The layer that the input is fed to, where it is not the first, and numbers that are asked for. */
  readonly part?: { readonly start: string; readonly constants: readonly string[] };
}

const HANDS = 'StatefulPartitionedCall';
const HEADS = `${HANDS}/WeightSharedConvolutionalBoxPredictor/WeightSharedConvolutional`;

export const CONVERTED: readonly ConvertedCase[] = [
  { id: 'faceres', size: 224, range: [-128, 128], outputs: ['global_pooling/Mean'] },
  {
    id: 'blazeface',
    size: 256,
    range: [-1, 1],
    outputs: ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'],
  },
  { id: 'centernet', size: 512, range: [0, 255], outputs: ['tower_0/keypoints', 'tower_0/wh'] },
  {
    id: 'handtrack',
    size: 320,
    range: [-1, 1],
    outputs: ['', '_1', '_2', '_3', '_4'].flatMap((grid) => [
      `${HEADS}ClassHead/ClassPredictor/BiasAdd${grid}`,
      `${HEADS}BoxHead/BoxPredictor/BiasAdd${grid}`,
    ]),
    part: { start: `${HANDS}/map/TensorArrayV2Stack/TensorListStack`, constants: [] },
  },
];

/** What TensorFlow.js computes. @param input size × size × RGB */
export async function askTensorFlow(
  tensorFlow: TensorFlow,
  { id, size, outputs, part }: ConvertedCase,
  input: Float32Array,
): Promise<Float32Array[]> {
  const { tf } = tensorFlow;
  const graph = await openGraph(tensorFlow, id);
  return tf.tidy(() => {
    const tensor = tf.tensor4d(input, [1, size, size, 3]);
    const answers = graph.execute(part ? { [part.start]: tensor } : tensor, [...outputs]);
    return [answers].flat().map((answer) => answer.dataSync<'float32'>());
  });
}

/** @param image three channels, sides of at most 320 pixels in multiples of 8 @returns score and box of every anchor */
export async function askForHands(
  tensorFlow: TensorFlow,
  image: { readonly width: number; readonly height: number; readonly data: Uint8Array },
): Promise<[scores: Float32Array, boxes: Float32Array]> {
  const { tf } = tensorFlow;
  const graph = await openGraph(tensorFlow, 'handtrack');
  const input = tf.tensor4d(image.data, [1, image.height, image.width, 3], 'int32');
  const wanted = ['Slice', 'ExpandDims_1'].map((name) => `${HANDS}/Postprocessor/${name}`);
  const [scores, boxes] = [await graph.executeAsync(input, wanted)].flat();
  if (!scores || !boxes) throw new Error('Expected scores and boxes but received less');
  return [await scores.data<'float32'>(), await boxes.data<'float32'>()];
}

/** The largest difference, as a share of the largest number; infinite when there are more or fewer numbers. */
export function largestDifference(answer: Float32Array, expected: Float32Array): number {
  if (answer.length !== expected.length) return Infinity;
  const most = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    answer.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (expected[i] as number))), 0) / most
  );
}
