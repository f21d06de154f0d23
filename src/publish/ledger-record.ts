import { z } from 'zod';
import { ERROR_CODES, ImageDeidError, STAGES } from '../core/errors.js';
import { recordedSettingsSchema } from '../settings/recorded-settings.js';
import { findingSchema, type Finding } from '../core/finding.js';
import { told } from '../core/findings.js';
import { EARLIER_SCHEMAS, LEDGER_SCHEMA, type StoredRecord } from './contract.js';
import type { ChainRecord } from './ledger-chain.js';
import { publishedFile } from './output-name.js';
import { checkShape, contentShape, hash, riskReasonShape, shownFrames, word } from './record-schema.js';

const number = z.number().int().positive();

/** Where a record stands in the ledger, and those of its fields that are acted on. */
const place = {
  seq: number,
  prev: hash,
  fence: z.number().int().nonnegative().exactOptional(),
  tool: word,
  setAside: number.exactOptional(),
  retryOf: number.exactOptional(),
  decisionOf: number.exactOptional(),
  reviewer: word.exactOptional(),
  overrideReason: z.string().exactOptional(),
  shown: shownFrames.exactOptional(),
  error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES) }).exactOptional(),
  output: publishedFile.exactOptional(),
};
const withPlainHashes = {
  source: z.object({ sha256: hash.nullable() }),
  settings: z.object({ sha256: hash, ...recordedSettingsSchema.shape }),
};
const withKeyedHashes = {
  source: z.object({ hmac: hash.nullable() }),
  settings: z.object({ hmac: hash, ...recordedSettingsSchema.shape }),
};

const findings = {
  ...place,
  ...contentShape({
    reason: findingSchema,
    keptBack: findingSchema,
    notExamined: findingSchema,
    check: z.object({ ...checkShape, details: findingSchema }),
    risk: z.object({ ...riskReasonShape, ...findingSchema.shape }),
  }),
};
const sentence = z.string().transform((text): Finding => told(text));
const sentences = {
  ...place,
  ...contentShape({
    reason: sentence,
    keptBack: sentence,
    notExamined: sentence,
    check: z.object({ ...checkShape, details: sentence }),
    risk: z
      .object({ ...riskReasonShape, text: z.string() })
      .transform(({ text, ...rest }) => ({ ...rest, ...told(text) })),
  }),
};

/** A record of any version, read as that version wrote it; sentences of the first two versions become findings. */
const recordSchema = z
  .discriminatedUnion('schema', [
    z.object({ schema: z.literal('image-deid/ledger@1'), ...sentences, ...withPlainHashes }),
    z.object({ schema: z.literal('image-deid/ledger@2'), ...sentences, ...withKeyedHashes }),
    z.object({ schema: z.literal('image-deid/ledger@3'), ...findings, ...withKeyedHashes }),
    z.object({
      schema: z.literal(LEDGER_SCHEMA),
      ...findings,
      ...withKeyedHashes,
      replaces: number.exactOptional(),
    }),
  ])
  .refine((record) => {
    const { seq, retryOf = 0, decisionOf = 0 } = record;
    const replaces = 'replaces' in record ? (record.replaces ?? 0) : 0;
    return Math.max(retryOf, decisionOf, replaces) < seq;
  });

/** A link of a ledger's chain as a record of this tool; undefined when it is not one. */
export function recordOf(link: ChainRecord): StoredRecord | undefined {
  return recordSchema.safeParse(link).data;
}

/**
 * The same for a link that must be a record.
 * @throws {ImageDeidError} ledger-broken, before anything is done with what stands in it
 */
export function parseRecord(link: ChainRecord): StoredRecord {
  const record = recordOf(link);
  if (record) return record;
  const isOther = !z.looseObject({ schema: z.enum([...EARLIER_SCHEMAS, LEDGER_SCHEMA]) }).safeParse(link)
    .success;
  const id = isOther ? 'error/ledger-broken/other-version' : 'error/ledger-broken/foreign';
  throw new ImageDeidError({ id, values: { record: link.seq } }, 'publish');
}
