import type { GraphModel } from '@tensorflow/tfjs-converter';
import { ImageDeidError } from '../core/errors.js';
import { loadModel, type ModelIdentity } from './model-store.js';
import type { TfEngine } from './tf-contract.js';
import { graphArtifacts } from './tf-weights.js';

/** A TensorFlow.js graph of models/manifest.json, checked and loaded. */
export interface BundledTfGraph {
  readonly graph: GraphModel;
  readonly identity: ModelIdentity;
}

/** @throws {ImageDeidError} model-missing, model-mismatch */
export async function openBundledTfGraph(engine: TfEngine, id: string): Promise<BundledTfGraph> {
  const model = await loadModel(id);
  const graph = await engine.loadGraphModel(graphArtifacts(model)).catch((cause: unknown) => {
    throw new ImageDeidError(
      { id: 'error/model-mismatch/tensorflow', values: { engine: engine.name, model: id } },
      'models',
      { cause },
    );
  });
  return { graph, identity: { id, sha256: model.sha256, engine: engine.name } };
}
