import { z } from 'zod';
import { VERSION } from '../core/version.js';
import type { Tally } from './tally.js';

const SUMMARY_SCHEMA = 'image-deid/summary@1';

export const summarySchema = z.object({
  schema: z.literal(SUMMARY_SCHEMA),
  tool: z.string(),
  /** True when the run was stopped before its last photo. */
  interrupted: z.boolean(),
  /** A photo that was treated again counts once. */
  photos: z.number(),
  cleared: z.number(),
  review: z.number(),
  refused: z.number(),
  /** How often each error code occurred. */
  errors: z.record(z.string(), z.number()),
  ledger: z.object({ records: z.number(), head: z.string() }),
});
export type Summary = z.infer<typeof summarySchema>;

/** Counts for programs, and the ledger's head, against which a shortened ledger shows. */
export function summarise(
  { photos, outcomes, errors }: Tally,
  ledger: Summary['ledger'],
  interrupted: boolean,
): Summary {
  return {
    schema: SUMMARY_SCHEMA,
    tool: `image-deid ${VERSION}`,
    interrupted,
    photos,
    ...outcomes,
    errors: { ...errors },
    ledger,
  };
}
