import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import { findingSchema } from '../core/finding.js';
import { told } from '../core/findings.js';
import { EARLIER_SCHEMAS, LEDGER_SCHEMA, OUTCOMES, type LedgerRecord } from './contract.js';
import type { ChainRecord } from './ledger-chain.js';
import { publishedFile } from './output-name.js';

const number = z.number().int().positive();

/** What is acted on in a record: whatever becomes a path, a count or a decision. The rest is only shown to people. */
const acted = {
  seq: number,
  retryOf: number.optional(),
  decisionOf: number.optional(),
  reviewer: z.string().optional(),
  overrideReason: z.string().optional(),
  outcome: z.enum(OUTCOMES),
  lookingIsEnough: z.literal(true).optional(),
  error: z.looseObject({ code: z.string(), stage: z.string() }).optional(),
  output: publishedFile.optional(),
  settings: z.looseObject({ destination: z.string(), style: z.string(), cropToKeep: z.boolean() }),
};

/** What is found in a record, where a finding stands in each. */
function found<F extends z.core.$ZodType, R extends z.core.$ZodType>(finding: F, riskReason: R) {
  const reason = z.looseObject({ reason: finding });
  return {
    reasons: z.array(finding),
    keptBack: z.array(reason).optional(),
    notExamined: z.array(reason).optional(),
    checks: z.array(z.looseObject({ check: z.string(), status: z.string(), details: finding })).optional(),
    risk: z.looseObject({ after: z.number(), reasons: z.array(riskReason) }).optional(),
  };
}

const sentence = z.string().transform(told);
const recordSchema = z
  .discriminatedUnion('schema', [
    z.looseObject({
      schema: z.literal(LEDGER_SCHEMA),
      ...acted,
      ...found(findingSchema, z.looseObject({ id: z.string(), values: z.record(z.string(), z.unknown()) })),
    }),
    z.looseObject({
      schema: z.enum(EARLIER_SCHEMAS),
      ...acted,
      ...found(
        sentence,
        z.looseObject({ text: z.string() }).transform(({ text, ...rest }) => ({ ...rest, ...told(text) })),
      ),
    }),
  ])
  .refine(({ seq, retryOf = 0, decisionOf = 0 }) => retryOf < seq && decisionOf < seq);

/** A link of a ledger's chain as a record of this tool, sentences of earlier versions as findings; undefined when it is none. */
export function recordOf(link: ChainRecord): LedgerRecord | undefined {
  return recordSchema.safeParse(link).data as unknown as LedgerRecord | undefined;
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
