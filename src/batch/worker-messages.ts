import { z } from 'zod';
import { ERROR_CODES, STAGES, type SerializedError } from '../core/errors.js';
import type { ModelIdentity } from '../detect/contract.js';
import type { SourceFacts } from '../pipeline/index.js';
import type { PhotoJob, Treatment } from './contract.js';
import { jobSchema, treatmentSchema } from './job-schema.js';

/** What a worker process is told when it starts. */
export interface WorkerStart {
  /** Folder for finished files. */
  readonly staging: string;
  /** How many threads a model may use; models run one at a time. */
  readonly threads: number;
  /** A worker that has more resident memory than this ends itself. */
  readonly mostMiB: number;
}

export type ToWorker = { readonly start: WorkerStart } | { readonly job: PhotoJob };

export type FromWorker =
  | { readonly ready: { readonly models: readonly ModelIdentity[] } }
  | { readonly read: SourceFacts }
  | { readonly treatment: Treatment }
  /** An error that ends the run. */
  | { readonly failed: SerializedError };

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const toWorkerSchema = z.union([
  z.object({ start: z.object({ staging: z.string(), threads: z.number(), mostMiB: z.number() }) }),
  z.object({ job: jobSchema }),
]) satisfies z.ZodType<ToWorker>;

export const serializedErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  stage: z.enum(STAGES),
  message: z.string(),
}) satisfies z.ZodType<SerializedError>;

/** A worker handles hostile files, so it is believed no more than one on another machine. */
export const fromWorkerSchema = z.union([
  z.object({
    ready: z.object({ models: z.array(z.object({ id: z.string(), sha256: hash, engine: z.string() })) }),
  }),
  z.object({ read: z.object({ sha256: hash, bytes: z.number().int().nonnegative() }) }),
  z.object({ treatment: treatmentSchema }),
  z.object({ failed: serializedErrorSchema }),
]) satisfies z.ZodType<FromWorker>;

/** Exit code of a worker that found itself using more than `mostMiB`. */
export const OVER_MEMORY = 77;
