import { z } from 'zod';
import type { Treatment } from '../batch/contract.js';
import { OUTCOMES } from '../publish/contract.js';
import { outputExtension, stagedName } from '../publish/output-name.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*=*$/);

const jobSchema = z.object({
  run: z.string().regex(/^[0-9a-f]{32}$/),
  /** The version of image-deid: a ledger names one, so all must have it. */
  tool: z.string(),
  entry: z.object({ path: base64, root: base64, named: z.boolean() }),
  /** Of a photo in an object storage, as it was listed. */
  version: z.string().optional(),
  /** `settingsHash`; the settings lie under `settingsKey`. */
  settings: hash,
  known: z.array(z.string()),
  /** `Exchange.address` */
  exchange: z.string(),
});

/** One job in the queue: where a photo lies and how it is to be treated, never its pixels. */
export type QueuedJob = z.infer<typeof jobSchema>;

const treatmentSchema = z.union([
  z.object({ kind: z.literal('known') }),
  z.object({
    kind: z.literal('treated'),
    source: z.string(),
    draft: z.looseObject({
      source: z.object({ sha256: hash.nullable(), bytes: z.number().nullable() }),
      outcome: z.enum(OUTCOMES),
      reasons: z.array(z.string()),
      timings: z.record(z.string(), z.number()),
    }),
    staged: z
      .looseObject({
        facts: z.looseObject({ sha256: hash }),
        extension: outputExtension,
        photo: stagedName,
        plain: stagedName,
        outlined: stagedName.optional(),
      })
      .optional(),
  }),
]);

/** What a worker found in the queue; undefined when it is no job of this version. */
export function parseJob(data: unknown): QueuedJob | undefined {
  return jobSchema.safeParse(data).data;
}

/** A job and what became of it, as it waits for whoever publishes it. */
export function withTreatment(job: QueuedJob, treatment: Treatment): object {
  return { ...job, treatment };
}

/**
 * What a worker says became of a job; undefined when that cannot be right. A photo that may be published is staged, a
 * refused one is not.
 */
export function parseTreatment(data: unknown): Treatment | undefined {
  const { treatment } = z.object({ treatment: treatmentSchema }).safeParse(data).data ?? {};
  if (treatment?.kind !== 'treated') return treatment;
  const isWhole = (treatment.draft.outcome === 'refused') === (treatment.staged === undefined);
  // The rest of the record is as whoever holds the queue wants it: docs/queue.md says who must be trusted.
  return isWhole ? (treatment as unknown as Treatment) : undefined;
}

/** The files that were staged for a treatment. */
export function stagedNames(treatment: Treatment): string[] {
  if (treatment.kind !== 'treated' || !treatment.staged) return [];
  const { photo, plain, outlined } = treatment.staged;
  return outlined === undefined ? [photo, plain] : [photo, plain, outlined];
}
