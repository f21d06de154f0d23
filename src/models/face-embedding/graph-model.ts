import type { TfEngine } from '../tf-contract.js';
import { openBundledTfGraph } from '../tf-graph.js';

/** A bundled TensorFlow.js graph whose input is one square picture. */
export interface GraphModelRunner {
  /**
   * The named outputs, in their order.
   * @param input size × size × RGB, in the model's range
   */
  run(input: Float32Array): Promise<Float32Array[]>;
}

/** @throws {ImageDeidError} model-missing, model-mismatch */
export async function loadGraph(
  engine: TfEngine,
  id: string,
  size: number,
  outputs: readonly string[],
): Promise<GraphModelRunner> {
  const { graph } = await openBundledTfGraph(engine, id);
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
