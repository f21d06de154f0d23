import type { io } from '@tensorflow/tfjs-core';
import type { TfEngine } from '../../inference/tf-contract.js';
import { fuseRelu6, type GraphNode } from './fuse-relu6.js';
import { loadGraph } from './graph-model.js';

/** Side of the input in pixels. */
export const FACERES_SIZE = 224;
/** What the network was trained with, per channel, BGR: those of ImageNet. */
const MEANS = [103.939, 116.779, 123.68] as const;
/** 1024 means of the last layer's maps. */
const OUTPUT = 'global_pooling/Mean';

/** Makes what the network remembers of a face comparable. */
export interface FaceresModel {
  /**
   * A descriptor of unit length, 1024 numbers.
   * @param face 224 × 224 × RGB, 0–255, aligned
   */
  describe(face: Float32Array): Promise<Float32Array>;
}

/**
 * HSE-FaceRes (Savchenko 2019, "Efficient facial representations for age, gender and identity recognition").
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadFaceres(engine: TfEngine): Promise<FaceresModel> {
  const graph = await loadGraph(engine, 'faceres', FACERES_SIZE, [OUTPUT], (artifacts) =>
    withRelu6(engine, artifacts),
  );
  return {
    describe: async (face) => {
      const [descriptor] = (await graph.run(normalised(face))) as [Float32Array];
      const length = Math.hypot(...descriptor) || 1;
      return descriptor.map((value) => value / length);
    },
  };
}

/** The package feeds RGB as it is; with the channels and means of the training, fewer faces are mistaken. */
function normalised(face: Float32Array): Float32Array {
  return face.map((_, i) => (face[i - (i % 3) + (2 - (i % 3))] as number) - (MEANS[i % 3] as number));
}

function withRelu6({ tf }: TfEngine, artifacts: io.ModelArtifacts): io.ModelArtifacts {
  const { modelTopology, weightData, weightSpecs } = artifacts;
  const graph = modelTopology as { readonly node: readonly GraphNode[] };
  const weights = tf.io.decodeWeights(weightData as ArrayBuffer, weightSpecs ?? []);
  const constants = new Map(
    Object.entries(weights)
      .filter(([, tensor]) => tensor.size === 1)
      .map(([name, tensor]) => [name, tensor.dataSync()[0] as number]),
  );
  tf.dispose(weights);
  return { ...artifacts, modelTopology: { ...graph, node: fuseRelu6(graph.node, constants) } };
}
