import type { Tensor } from '@tensorflow/tfjs-core';
import type { TfEngine } from '../../inference/tf-contract.js';
import { openBundledTfGraph } from '../../inference/tf-graph.js';
import { decodeBlazeface } from './blazeface-boxes.js';
import type { FaceModel } from './face-model.js';

const ID = 'blazeface';
const SIZE = 256;
/** Logits and regressors of the fine grid (512 anchors), then of the coarse one (384). */
const OUTPUTS = ['Identity', 'Identity_2', 'Identity_1', 'Identity_3'] as const;

/**
 * BlazeFace, back camera (Bazarevsky et al. 2019). Input 1 × 256 × 256 × 3, RGB, −1…1.
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadBlazeface(engine: TfEngine): Promise<FaceModel> {
  const { graph, identity } = await openBundledTfGraph(engine, ID);
  return {
    id: ID,
    sha256: identity.sha256,
    inputSize: SIZE,
    detect: async (input, minScore) => {
      const outputs = engine.tf.tidy(() => {
        const x = engine.tf.tensor4d(input, [1, SIZE, SIZE, 3]);
        return graph.execute(x, [...OUTPUTS]) as Tensor[];
      });
      try {
        const [scores, codes, coarseScores, coarseCodes] = (await Promise.all(
          outputs.map((o) => o.data()),
        )) as [Float32Array, Float32Array, Float32Array, Float32Array];
        return [
          ...decodeBlazeface(scores, codes, { stride: 16, perCell: 2, size: SIZE }, minScore),
          ...decodeBlazeface(coarseScores, coarseCodes, { stride: 32, perCell: 6, size: SIZE }, minScore),
        ];
      } finally {
        engine.tf.dispose(outputs);
      }
    },
  };
}
