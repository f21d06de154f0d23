import { ImageDeidError } from '../../core/errors.js';
import { loadModel, type ModelIdentity } from '../model-store.js';
import { openOnnxModel } from '../onnx-engine.js';
import { fuseDoubling } from './fuse-doubling.js';
import { fuseRelu6 } from './fuse-relu6.js';
import { constantsOf } from './constants.js';
import { graphFiles } from './graph-files.js';
import { unknownLayer } from './graph-nodes.js';
import { graphToOnnx } from './graph-to-onnx.js';

/** A bundled TensorFlow.js graph that runs on ONNX Runtime; its input is one square picture. */
export interface ConvertedGraph {
  readonly identity: ModelIdentity;
  /** Numbers of the graph that were asked for, in their order. */
  readonly constants: readonly Float32Array[];
  /**
   * The outputs in their order, each row by row with its channels together.
   * @param input size × size × RGB, in the model's range
   * @throws {ImageDeidError} detector-failed
   */
  run(input: Float32Array): Promise<Float32Array[]>;
}

/** What is used of a graph, where it is not all of it. */
export interface GraphPart {
  /** The layer that the picture takes the place of; what comes before it is left out. */
  readonly start: string;
  /** Numbers of the graph that are computed with elsewhere. */
  readonly constants: readonly string[];
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
  part?: GraphPart,
): Promise<ConvertedGraph> {
  const loaded = await loadModel(id);
  const { nodes: written, specs, data } = graphFiles(loaded);
  const weights = constantsOf(data, specs);
  const scalars = [...weights].filter(([, { data }]) => data.length === 1);
  const nodes = fuseRelu6(
    fuseDoubling(written),
    new Map(scalars.map(([name, { data }]) => [name, data[0] as number])),
  );
  const constants = (part?.constants ?? []).map((name) => {
    const numbers = weights.get(name);
    if (!numbers) throw unknownLayer(name);
    return numbers.data;
  });
  const model = await openOnnxModel(graphToOnnx(nodes, weights, outputs, size, part?.start));
  const [inputName] = model.inputNames as [string];
  return {
    identity: { id, sha256: loaded.sha256, engine: model.engine },
    constants,
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
