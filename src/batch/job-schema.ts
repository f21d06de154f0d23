import { z } from 'zod';
import { ERROR_CODES } from '../core/errors.js';
import { stagedSchema } from '../publish/index.js';
import { settingsSchema } from '../settings/parse-settings.js';
import type { EntryOnTheWay, PhotoJob, Treatment } from './contract.js';
import { draftSchema } from './draft-schema.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*=*$/);

export const entrySchema = z.object({
  path: base64,
  root: base64,
  named: z.boolean(),
}) satisfies z.ZodType<EntryOnTheWay>;

export const jobSchema = z.object({
  entry: entrySchema,
  settings: settingsSchema,
  known: z.array(z.string()),
}) satisfies z.ZodType<PhotoJob>;

/** What a worker says became of a photo, accepted only as far as it can be right. */
export const treatmentSchema = z.union([
  z.object({ kind: z.literal('known') }),
  z
    .object({
      kind: z.literal('treated'),
      source: z.union([hash, z.enum(ERROR_CODES)]),
      draft: draftSchema,
      staged: stagedSchema.exactOptional(),
    })
    // A photo that may be published is staged, a refused one is not, and a record is of the photo that was treated.
    .refine(
      ({ draft: { outcome, source, error }, staged, source: id }) =>
        (outcome === 'refused') === (staged === undefined) && id === (source.sha256 ?? error?.code),
    ),
]) satisfies z.ZodType<Treatment>;
