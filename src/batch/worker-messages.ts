import type { SerializedError } from '../core/errors.js';
import type { ModelIdentity } from '../models/model-store.js';
import type { SourceFacts } from '../pipeline/ledger-draft.js';
import type { PhotoJob, Treatment } from './contract.js';

/** What a worker process is told when it starts. */
export interface WorkerStart {
  /** Folder for finished files. */
  readonly staging: string;
  /** For one model at a time. */
  readonly threads: number;
  /** Resident memory at which it ends itself. */
  readonly mostMiB: number;
}

export type ToWorker = { readonly start: WorkerStart } | { readonly job: PhotoJob };

export type FromWorker =
  | { readonly ready: { readonly models: readonly ModelIdentity[] } }
  | { readonly read: SourceFacts }
  | { readonly treatment: Treatment }
  /** Ends the run. */
  | { readonly failed: SerializedError };

/** Exit code of a worker that found itself above `mostMiB`. */
export const OVER_MEMORY = 77;
