import { z } from 'zod';
import { VERSION } from '../core/version.js';
import { OUTCOMES, type LedgerRecord, type Outcome } from './contract.js';

const SUMMARY_SCHEMA = 'image-deid/summary@1';

export const summarySchema = z.object({
  schema: z.literal(SUMMARY_SCHEMA),
  tool: z.string(),
  /** True when the run was stopped before its last photo. */
  interrupted: z.boolean(),
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
export function summarise(records: readonly LedgerRecord[], head: string, interrupted: boolean): Summary {
  const errors: Record<string, number> = {};
  for (const { error } of records) if (error) errors[error.code] = (errors[error.code] ?? 0) + 1;
  const count = (outcome: Outcome) => records.filter((record) => record.outcome === outcome).length;
  const [cleared, review, refused] = OUTCOMES.map(count) as [number, number, number];
  return {
    schema: SUMMARY_SCHEMA,
    tool: `image-deid ${VERSION}`,
    interrupted,
    photos: records.length,
    cleared,
    review,
    refused,
    errors,
    ledger: { records: records.length, head },
  };
}
