import { z } from 'zod';
import type { Treatment } from '../batch/contract.js';
import { ERROR_CODES } from '../core/errors.js';
import { IMAGE_FORMATS } from '../core/image.js';
import { outputExtension, stagedName } from '../publish/index.js';
import { draftSchema } from './draft-schema.js';

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

const side = z.number().int().positive();
const treatmentSchema = z.union([
  z.object({ kind: z.literal('known') }),
  z
    .object({
      kind: z.literal('treated'),
      source: z.union([hash, z.enum(ERROR_CODES)]),
      draft: draftSchema,
      staged: z
        .object({
          facts: z.object({
            sha256: hash,
            bytes: side,
            format: z.enum(IMAGE_FORMATS),
            width: side,
            height: side,
            frames: side,
            encoder: z.record(z.string().max(100), z.string().max(100)).exactOptional(),
          }),
          extension: outputExtension,
          photo: stagedName,
          plain: stagedName,
          outlined: stagedName.exactOptional(),
        })
        .exactOptional(),
    })
    // A photo that may be published is staged, a refused one is not, and a record is of the photo that was treated.
    .refine(
      ({ draft: { outcome, source, error }, staged, source: id }) =>
        (outcome === 'refused') === (staged === undefined) && id === (source.sha256 ?? error?.code),
    ),
]);

/** What a worker found in the queue; undefined when it is no job of this version. */
export function parseJob(data: unknown): QueuedJob | undefined {
  return jobSchema.safeParse(data).data;
}

/** A job and what became of it, as it waits for whoever publishes it. */
export function withTreatment(job: QueuedJob, treatment: Treatment): object {
  return { ...job, treatment };
}

/** What a worker says became of a job, as far as it can be right and no more than that; otherwise undefined. */
export function parseTreatment(data: unknown): Treatment | undefined {
  return z.object({ treatment: treatmentSchema }).safeParse(data).data?.treatment;
}

/** The files that were staged for a treatment. */
export function stagedNames(treatment: Treatment): string[] {
  if (treatment.kind !== 'treated' || !treatment.staged) return [];
  const { photo, plain, outlined } = treatment.staged;
  return outlined === undefined ? [photo, plain] : [photo, plain, outlined];
}
