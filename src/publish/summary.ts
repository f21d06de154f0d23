import { z } from 'zod';
import { VERSION } from '../core/version.js';
import { REPORT, TABLE } from './output-place.js';
import type { Tally } from './tally.js';

const SUMMARY_SCHEMA = 'image-deid/summary@1';

export const summarySchema = z.strictObject({
  schema: z.literal(SUMMARY_SCHEMA),
  tool: z.string().regex(/^image-deid \d[\w.+-]*$/),
  /** True when the run was stopped before its last photo. */
  interrupted: z.boolean(),
  /** A photo that was treated again counts once. */
  photos: z.number(),
  cleared: z.number(),
  review: z.number(),
  refused: z.number(),
  /** Files that lay beside the photos and stayed behind, when the last run looked. Absent when there were none. */
  beside: z.number().int().positive().optional(),
  /** How often each error code occurred. */
  errors: z.record(z.string(), z.number()),
  ledger: z.strictObject({ records: z.number(), head: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** How often a summary of this folder was written: an older one put back shows by it. Absent in old runs. */
  run: z.number().optional(),
  /** SHA-256 of the other files that may be shared. Absent in runs of earlier versions. */
  files: z.strictObject({ [REPORT]: z.string().optional(), [TABLE]: z.string().optional() }).optional(),
  /** The records up to this one had no signature when the run was first signed, and its signer said so. */
  unsignedUpTo: z.number().optional(),
});
export type Summary = z.infer<typeof summarySchema>;

/** Counts for programs, and the ledger's head, which shows whether the ledger has been shortened. */
export function summarise(
  { photos, outcomes, errors }: Tally,
  ledger: Summary['ledger'],
  interrupted: boolean,
  { beside = 0, ...more }: Pick<Summary, 'run' | 'files' | 'unsignedUpTo' | 'beside'>,
): Summary {
  return {
    schema: SUMMARY_SCHEMA,
    tool: `image-deid ${VERSION}`,
    interrupted,
    photos,
    ...outcomes,
    ...(beside > 0 && { beside }),
    errors: { ...errors },
    ledger,
    ...more,
  };
}
