import { z } from 'zod';
import { entrySchema, type Treatment, treatmentSchema } from '../batch/index.js';
import { type ProcessSettings, settingsHash } from '../pipeline/index.js';
import { parseSettings } from '../settings/parse-settings.js';
import { parsedJson } from './parsed-json.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const jobSchema = z.object({
  run: z.string().regex(/^[0-9a-f]{32}$/),
  /** The version of image-deid: a ledger names a single one, so all workers must have it. */
  tool: z.string(),
  entry: entrySchema,
  /** The version of a photo in an object storage, as it was listed. */
  version: z.string().optional(),
  /** `settingsHash`; the settings themselves are stored under `settingsKey`. */
  settings: hash,
  known: z.array(z.string()),
  /** `Exchange.address` */
  exchange: z.string(),
});

/** One job in the queue: where a photo lies and how it is to be treated, never its pixels. */
export type QueuedJob = z.infer<typeof jobSchema>;

/** A job as a worker found it in the queue; undefined when it is not a job of this version. */
export function parseJob(data: unknown): QueuedJob | undefined {
  return jobSchema.safeParse(data).data;
}

/**
 * The settings of a run as they are stored in the queue.
 * @returns undefined when the settings do not have that hash
 * @throws {ImageDeidError} usage, with the setting that is wrong
 */
export function parseQueuedSettings(text: string, hash: string): ProcessSettings | undefined {
  const settings = parseSettings(parsedJson(text));
  return settingsHash(settings) === hash ? settings : undefined;
}

/** A job together with what became of it, as it waits to be published. */
export function withTreatment(job: QueuedJob, treatment: Treatment): object {
  return { ...job, treatment };
}

/** What a worker says became of a job, as far as it can be right; undefined when it cannot. */
export function parseTreatment(data: unknown): Treatment | undefined {
  return z.object({ treatment: treatmentSchema }).safeParse(data).data?.treatment;
}

/** The files that were staged for a treatment. */
export function stagedNames(treatment: Treatment): string[] {
  if (treatment.kind !== 'treated' || !treatment.staged) return [];
  const { photo, plain, outlined } = treatment.staged;
  return outlined === undefined ? [photo, plain] : [photo, plain, outlined];
}
