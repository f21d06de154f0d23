import { ImageDeidError } from '../core/errors.js';
import { loadModel } from './model-store.js';
import { openOnnxModel, type OnnxModel } from './onnx-engine.js';

/** An ONNX model of models/manifest.json, checked and loaded. */
export interface BundledOnnx {
  readonly model: OnnxModel;
  readonly identity: { readonly id: string; readonly sha256: string; readonly engine: string };
  /** Its other files, in the manifest's order. */
  readonly others: readonly Uint8Array[];
}

/**
 * Opens the model whose first file in the manifest is an ONNX graph.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function openBundledOnnx(id: string): Promise<BundledOnnx> {
  const { files, sha256 } = await loadModel(id);
  const [graph, ...others] = files.values();
  if (!graph) {
    throw new ImageDeidError('model-missing', 'models', `The model ${id} is empty; install image-deid again`);
  }
  const model = await openOnnxModel(graph);
  return { model, identity: { id, sha256, engine: model.engine }, others };
}
