import type { io } from '@tensorflow/tfjs-core';
import type { TfEngine } from '../../inference/tf-contract.js';
import { openBundledTfGraph } from '../../inference/tf-graph.js';

/** A bundled TensorFlow.js graph whose input is one square picture. */
export interface GraphModelRunner {
  /**
   * The named outputs, in their order.
   * @param input size × size × RGB or BGR, in the model's range
   */
  run(input: Float32Array): Promise<Float32Array[]>;
}

/**
 * @param change what is done to the graph before it is loaded
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadGraph(
  engine: TfEngine,
  id: string,
  size: number,
  outputs: readonly string[],
  change?: (artifacts: io.ModelArtifacts) => io.ModelArtifacts,
): Promise<GraphModelRunner> {
  const { graph } = await openBundledTfGraph(engine, id, change);
  return {
    run: async (input) => {
      const tensors = engine.tf.tidy(() => {
        const x = engine.tf.tensor4d(input, [1, size, size, 3]);
        return [graph.execute(x, [...outputs])].flat();
      });
      try {
        return (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
      } finally {
        engine.tf.dispose(tensors);
      }
    },
  };
}
