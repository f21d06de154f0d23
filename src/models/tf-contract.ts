import type * as Tf from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { inEnglish, type EngineFinding } from '../core/error-tables/index.js';

/** Why an engine cannot be used. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly why: EngineFinding,
    options?: ErrorOptions,
  ) {
    super(inEnglish(why), options);
  }
}

export type TfEngineId = 'tfjs-node' | 'tfjs-wasm';

/** A TensorFlow.js backend that has computed a known answer. */
export interface TfEngine {
  readonly id: TfEngineId;
  /** "tfjs-wasm 4.22.0" */
  readonly name: string;
  /** How it computes. */
  readonly detail: EngineFinding;
  /** The operations. Use no others: tfjs-node carries a tfjs-core of its own. */
  readonly tf: typeof Tf;
  loadGraphModel(artifacts: Tf.io.ModelArtifacts): Promise<GraphModel>;
}
