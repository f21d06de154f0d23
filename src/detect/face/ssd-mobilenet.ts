import type * as Tf from '@tensorflow/tfjs-core';
import { loadModel } from '../../inference/model-store.js';
import type { TfEngine } from '../../inference/tf-contract.js';
import { namedWeights } from '../../inference/tf-weights.js';
import type { FaceModel } from './face-model.js';
import { decodeSsd } from './ssd-boxes.js';
import { ImageDeidError } from '../../core/errors.js';

const ID = 'ssd-mobilenet-face';
const SIZE = 512;
const BATCH_NORM_EPSILON = 0.0010000000474974513;
/** Depthwise layers that halve the size, of 1–13. */
const HALVING = new Set([2, 4, 6, 12]);
/** The depthwise layer pair whose output the finest predictor reads. */
const FINEST = 11;
const PREDICTORS = 6;

/** A convolution with its bias; `depthwise` has one filter per channel. */
interface Layer {
  readonly depthwise: boolean;
  readonly filter: Tf.Tensor4D;
  readonly bias: Tf.Tensor1D;
  readonly stride: 1 | 2;
}

interface Network {
  /** Layer 0, then 13 pairs of depthwise and pointwise layers (MobileNetV1, Howard et al. 2017). */
  readonly trunk: readonly Layer[];
  /** The SSD's own layers behind the trunk; every second one halves the size. */
  readonly extra: readonly Layer[];
  readonly boxes: readonly Layer[];
  readonly classes: readonly Layer[];
}

/**
 * SSD with MobileNetV1 (Liu et al. 2016, Howard et al. 2017) for faces, built from the weights of face-api.
 * Input 1 × 512 × 512 × 3, RGB, −1…1.
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadSsdMobilenet(engine: TfEngine): Promise<FaceModel> {
  const model = await loadModel(ID);
  const weights = namedWeights(engine, model);
  const network = buildNetwork(engine.tf, weights);
  const anchors = take(weights, 'Output/extra_dim').dataSync() as Float32Array;
  engine.tf.dispose(weights);
  return {
    id: ID,
    sha256: model.sha256,
    inputSize: SIZE,
    detect: async (input, minScore) => {
      const [boxes, classes] = engine.tf.tidy(() => {
        const x = engine.tf.tensor4d(input, [1, SIZE, SIZE, 3]);
        return predict(engine.tf, network, x);
      });
      try {
        return decodeSsd(
          { boxes: (await boxes.data()) as Float32Array, classes: (await classes.data()) as Float32Array },
          anchors,
          SIZE,
          minScore,
        );
      } finally {
        engine.tf.dispose([boxes, classes]);
      }
    },
  };
}

function take(weights: Tf.NamedTensorMap, name: string): Tf.Tensor {
  const tensor = weights[name];
  if (tensor) return tensor;
  throw new ImageDeidError('model-mismatch', 'models', `The model ${ID} lacks a layer`);
}

/** The network's own tensors are kept until the process ends; `weights` may be disposed of. */
function buildNetwork(tf: typeof Tf, weights: Tf.NamedTensorMap): Network {
  const get = (name: string) => take(weights, name);
  const layer = (filter: Tf.Tensor, bias: Tf.Tensor, stride: 1 | 2, depthwise = false): Layer => ({
    depthwise,
    filter: filter.clone() as Tf.Tensor4D,
    bias: bias.clone() as Tf.Tensor1D,
    stride,
  });
  const pointwise = (group: string, i: number, stride: 1 | 2 = 1) =>
    layer(
      get(`${group}/Conv2d_${i}_pointwise/weights`),
      get(`${group}/Conv2d_${i}_pointwise/convolution_bn_offset`),
      stride,
    );
  const depthwise = (i: number): Layer => {
    const at = `MobilenetV1/Conv2d_${i}_depthwise`;
    // Batch normalisation is a scale and a shift: folded into the filter, it costs nothing at run time.
    const [filter, bias] = fold(tf, {
      filter: get(`${at}/depthwise_weights`),
      mean: get(`${at}/BatchNorm/moving_mean`),
      variance: get(`${at}/BatchNorm/moving_variance`),
      gamma: get(`${at}/BatchNorm/gamma`),
      beta: get(`${at}/BatchNorm/beta`),
    });
    const folded = layer(filter, bias, HALVING.has(i) ? 2 : 1, true);
    tf.dispose([filter, bias]);
    return folded;
  };
  const predictor = (kind: string) =>
    Array.from({ length: PREDICTORS }, (_, i) => {
      const at = `Prediction/BoxPredictor_${i}/${kind}`;
      return layer(get(`${at}/weights`), get(`${at}/biases`), 1);
    });
  const pairs = Array.from({ length: 13 }, (_, i) => [depthwise(i + 1), pointwise('MobilenetV1', i + 1)]);
  return {
    trunk: [pointwise('MobilenetV1', 0, 2), ...pairs.flat()],
    extra: Array.from({ length: 8 }, (_, i) => pointwise('Prediction', i, i % 2 === 1 ? 2 : 1)),
    boxes: predictor('BoxEncodingPredictor'),
    classes: predictor('ClassPredictor'),
  };
}

interface NormalisedFilter {
  readonly filter: Tf.Tensor;
  readonly mean: Tf.Tensor;
  readonly variance: Tf.Tensor;
  readonly gamma: Tf.Tensor;
  readonly beta: Tf.Tensor;
}

/** The filter and bias that do what the filter and its batch normalisation did (Ioffe and Szegedy 2015). */
function fold(
  tf: typeof Tf,
  { filter, mean, variance, gamma, beta }: NormalisedFilter,
): [Tf.Tensor, Tf.Tensor] {
  return tf.tidy(() => {
    const scale = tf.div(gamma, tf.sqrt(tf.add(variance, BATCH_NORM_EPSILON)));
    return [tf.mul(filter, tf.reshape(scale, [1, 1, -1, 1])), tf.sub(beta, tf.mul(mean, scale))];
  });
}

/** Box codes (1 × anchors × 4) and class logits (1 × anchors × 3: background, face, unused). */
function predict(tf: typeof Tf, network: Network, input: Tf.Tensor4D): [Tf.Tensor, Tf.Tensor] {
  const relu6 = (x: Tf.Tensor4D, { depthwise, filter, bias, stride: strides }: Layer) =>
    (depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d)({
      x,
      filter,
      bias,
      strides,
      pad: 'same',
      activation: 'relu6',
    });
  const maps: Tf.Tensor4D[] = [];
  let x = input;
  network.trunk.forEach((layer, i) => {
    x = relu6(x, layer);
    if (i === 2 * FINEST) maps.push(x);
  });
  maps.push(x);
  network.extra.forEach((layer, i) => {
    x = relu6(x, layer);
    if (i % 2 === 1) maps.push(x);
  });
  const collect = (layers: readonly Layer[], values: number) =>
    tf.concat(
      layers.map(({ filter, bias }, i) => {
        const map = tf.fused.conv2d({ x: maps[i] as Tf.Tensor4D, filter, bias, strides: 1, pad: 'same' });
        return tf.reshape(map, [1, -1, values]);
      }),
      1,
    );
  return [collect(network.boxes, 4), collect(network.classes, 3)];
}
