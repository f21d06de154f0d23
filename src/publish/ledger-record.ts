import { z } from 'zod';
import { ERROR_CODES, ImageDeidError, STAGES } from '../core/errors.js';
import { findingSchema } from '../core/finding.js';
import { told } from '../core/findings.js';
import { recordedSettingsSchema } from '../settings/recorded-settings.js';
import { EARLIER_SCHEMAS, LEDGER_SCHEMA, LEDGER_SCHEMAS, type StoredRecord } from './contract.js';
import type { ChainRecord } from './ledger-chain.js';
import { publishedFile } from './output-name.js';
import { contentShape, hash, riskReasonShape, word } from './record-schema.js';

const number = z.number().int().positive();

/** What a record of any version holds. */
const common = {
  seq: number,
  prev: hash,
  fence: z.number().int().nonnegative().exactOptional(),
  tool: word,
  setAside: number.exactOptional(),
  retryOf: number.exactOptional(),
  decisionOf: number.exactOptional(),
  reviewer: word.exactOptional(),
  overrideReason: z.string().exactOptional(),
  error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES) }).exactOptional(),
  output: publishedFile.exactOptional(),
};

/** Which findings there are, another version may know: what is not known here is told as such. */
const finding = z.strictObject(findingSchema.shape);
/** What a version that had no findings said in English. */
const sentence = z.string().transform(told);
const said = contentShape(
  sentence,
  z
    .object({ ...riskReasonShape, text: z.string() })
    .transform(({ text, ...rest }) => ({ ...rest, ...told(text) })),
);

const settings = recordedSettingsSchema.shape;
const [FIRST, SECOND] = EARLIER_SCHEMAS;
/** The record of each version, read as that version wrote it. */
const recordSchema = z
  .discriminatedUnion('schema', [
    z.object({
      schema: z.literal(FIRST),
      ...common,
      ...said,
      source: z.object({ sha256: hash.nullable() }),
      settings: z.object({ sha256: hash, ...settings }),
    }),
    z.object({
      schema: z.literal(SECOND),
      ...common,
      ...said,
      source: z.object({ hmac: hash.nullable() }),
      settings: z.object({ hmac: hash, ...settings }),
    }),
    z.object({
      schema: z.literal(LEDGER_SCHEMA),
      ...common,
      ...contentShape(finding, z.object({ ...riskReasonShape, ...finding.shape })),
      source: z.object({ hmac: hash.nullable() }),
      settings: z.object({ hmac: hash, ...settings }),
    }),
  ])
  .refine(({ seq, retryOf = 0, decisionOf = 0 }) => retryOf < seq && decisionOf < seq);

/** A link of a ledger's chain as a record of this tool, sentences of earlier versions as findings; undefined when it is none. */
export function recordOf(link: ChainRecord): StoredRecord | undefined {
  return recordSchema.safeParse(link).data;
}

/**
 * The same of a link that must be one.
 * @throws {ImageDeidError} ledger-broken, before anything was done with what stands in it
 */
export function parseRecord(link: ChainRecord): StoredRecord {
  const record = recordOf(link);
  if (record) return record;
  const isOther = !z.looseObject({ schema: z.enum(LEDGER_SCHEMAS) }).safeParse(link).success;
  const what = isOther ? 'of a kind that this version does not know' : 'not one that this tool writes';
  throw new ImageDeidError(
    'ledger-broken',
    'publish',
    `Record ${link.seq} of the ledger is ${what}; nothing was done with it`,
  );
}
