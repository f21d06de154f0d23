import { ImageDeidError } from '../../core/errors.js';
import { loadModel, type ModelIdentity } from '../model-store.js';
import { openOnnxModel } from '../onnx-engine.js';
import { graphArtifacts } from '../tf-weights.js';
import { fuseRelu6 } from './fuse-relu6.js';
import { constantsOf } from './constants.js';
import type { GraphNode } from './graph-nodes.js';
import { graphToOnnx } from './graph-to-onnx.js';

/** A bundled TensorFlow.js graph that runs on ONNX Runtime; its input is one square picture. */
export interface ConvertedGraph {
  readonly identity: ModelIdentity;
  /**
   * The outputs in their order, each row by row with its channels together.
   * @param input size × size × RGB, in the model's range
   * @throws {ImageDeidError} detector-failed
   */
  run(input: Float32Array): Promise<Float32Array[]>;
}

/**
 * Converted in memory: the files stay those of the package that they came from.
 * @param size side of the input in pixels
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function openConvertedGraph(
  id: string,
  size: number,
  outputs: readonly string[],
): Promise<ConvertedGraph> {
  const loaded = await loadModel(id);
  const { modelTopology, weightData, weightSpecs = [] } = graphArtifacts(loaded);
  const weights = constantsOf(weightData as ArrayBuffer, weightSpecs);
  const scalars = [...weights].filter(([, { data }]) => data.length === 1);
  const nodes = fuseRelu6(
    (modelTopology as { readonly node: readonly GraphNode[] }).node,
    new Map(scalars.map(([name, { data }]) => [name, data[0] as number])),
  );
  const model = await openOnnxModel(graphToOnnx(nodes, weights, outputs, size));
  const [inputName] = model.inputNames as [string];
  return {
    identity: { id, sha256: loaded.sha256, engine: model.engine },
    run: async (data) => {
      const answers = await model.run({ [inputName]: { data, dims: [1, size, size, 3] } });
      return outputs.map((name) => {
        const answer = answers[name];
        if (answer) return answer.data;
        throw new ImageDeidError({ id: 'error/detector-failed/onnx-type', values: {} }, 'detect');
      });
    },
  };
}
