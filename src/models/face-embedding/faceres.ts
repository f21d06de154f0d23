import type { io } from '@tensorflow/tfjs-core';
import { ImageDeidError } from '../../core/errors.js';
import { loadModel } from '../model-store.js';
import { openOnnxModel } from '../onnx-engine.js';
import type { TfEngine } from '../tf-contract.js';
import { graphArtifacts } from '../tf-weights.js';
import { chainToOnnx, type GraphConstant } from './chain-to-onnx.js';
import { fuseRelu6, type GraphNode } from './fuse-relu6.js';

/** Side of the input in pixels. */
export const FACERES_SIZE = 224;
/** The means of ImageNet, per channel in the order BGR, with which the network was trained. */
const MEANS = [103.939, 116.779, 123.68] as const;
/** The output that is used: the means of the last layer's 1024 maps. */
const OUTPUT = 'global_pooling/Mean';
const LENGTH = 1024;

/** Describes faces so that they can be compared. */
export interface FaceresModel {
  /**
   * A descriptor of unit length, 1024 numbers.
   * @param face 224 × 224 × RGB, 0–255, aligned
   */
  describe(face: Float32Array): Promise<Float32Array>;
}

/**
 * HSE-FaceRes (Savchenko 2019, "Efficient facial representations for age, gender and identity recognition"). Its file is a
 * graph of TensorFlow.js; it runs on the native engine, as every face is described twice.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function loadFaceres(engine: TfEngine): Promise<FaceresModel> {
  const { modelTopology, weightData, weightSpecs } = graphArtifacts(await loadModel('faceres'));
  const weights = constantsOf(engine, weightData as ArrayBuffer, weightSpecs ?? []);
  const scalars = [...weights].filter(([, { data }]) => data.length === 1);
  const nodes = fuseRelu6(
    (modelTopology as { readonly node: readonly GraphNode[] }).node,
    new Map(scalars.map(([name, { data }]) => [name, data[0] as number])),
  );
  const model = await openOnnxModel(chainToOnnx(nodes, weights, OUTPUT, FACERES_SIZE));
  const [input] = model.inputNames as [string];
  return {
    describe: async (face) => {
      const dims = [1, 3, FACERES_SIZE, FACERES_SIZE];
      const descriptor = (await model.run({ [input]: { data: normalised(face), dims } }))[OUTPUT]?.data;
      if (descriptor?.length !== LENGTH) {
        throw new ImageDeidError({ id: 'error/detector-failed/face-answer', values: {} }, 'verify');
      }
      const length = Math.hypot(...descriptor) || 1;
      return descriptor.map((value) => value / length);
    },
  };
}

/** The package feeds RGB as it is; with the channels and means of the training, fewer faces are mistaken. */
function normalised(face: Float32Array): Float32Array {
  const pixels = face.length / 3;
  const planes = new Float32Array(face.length);
  MEANS.forEach((mean, channel) => {
    for (let p = 0, to = channel * pixels; p < pixels; p++, to++) {
      planes[to] = (face[p * 3 + 2 - channel] as number) - mean;
    }
  });
  return planes;
}

function constantsOf(
  { tf }: TfEngine,
  data: ArrayBuffer,
  specs: readonly io.WeightsManifestEntry[],
): ReadonlyMap<string, GraphConstant> {
  const tensors = tf.io.decodeWeights(data, [...specs]);
  const constants = new Map(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { dims: tensor.shape, data: tensor.dataSync<'float32'>() },
    ]),
  );
  tf.dispose(tensors);
  return constants;
}
