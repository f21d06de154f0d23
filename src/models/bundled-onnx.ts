import { firstFile, loadModel, type ModelIdentity } from './model-store.js';
import { openOnnxModel, type OnnxModel } from './onnx-engine.js';

/** An ONNX model of models/manifest.json, checked and loaded. */
export interface BundledOnnx {
  readonly model: OnnxModel;
  readonly identity: ModelIdentity;
  /** The model's other files, in the manifest's order. */
  readonly others: readonly Uint8Array[];
}

/**
 * Opens the model whose first file in the manifest is an ONNX graph.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function openBundledOnnx(id: string): Promise<BundledOnnx> {
  const loaded = await loadModel(id);
  const model = await openOnnxModel(firstFile(loaded));
  const [, ...others] = loaded.files.values();
  return { model, identity: { id, sha256: loaded.sha256, engine: model.engine }, others };
}
