import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import { LEDGER_SCHEMAS, OUTCOMES, type LedgerRecord } from './contract.js';
import type { ChainRecord } from './ledger-chain.js';
import { publishedFile } from './output-name.js';

const number = z.number().int().positive();

/** What is acted on in a record: whatever becomes a path, a count or a decision. The rest is only shown to people. */
const recordSchema = z
  .looseObject({
    schema: z.enum(LEDGER_SCHEMAS),
    seq: number,
    retryOf: number.optional(),
    decisionOf: number.optional(),
    reviewer: z.string().optional(),
    overrideReason: z.string().optional(),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(z.string()),
    lookingIsEnough: z.literal(true).optional(),
    error: z.looseObject({ code: z.string(), stage: z.string(), message: z.string() }).optional(),
    output: publishedFile.optional(),
    settings: z.looseObject({ destination: z.string(), style: z.string(), cropToKeep: z.boolean() }),
  })
  .refine(({ seq, retryOf = 0, decisionOf = 0 }) => retryOf < seq && decisionOf < seq);

/** A link of a ledger's chain as a record of this tool; undefined when it is none. */
export function recordOf(link: ChainRecord): LedgerRecord | undefined {
  return recordSchema.safeParse(link).success ? (link as unknown as LedgerRecord) : undefined;
}

/**
 * The same of a link that must be one.
 * @throws {ImageDeidError} ledger-broken, before anything was done with what stands in it
 */
export function parseRecord(link: ChainRecord): LedgerRecord {
  const record = recordOf(link);
  if (record) return record;
  throw new ImageDeidError(
    'ledger-broken',
    'publish',
    `Record ${link.seq} of the ledger is not one that this tool writes; nothing was done with it`,
  );
}
