import { z } from 'zod';
import { ERROR_CODES, STAGES } from '../core/errors.js';
import { ERROR_FINDINGS, ERROR_PART_FINDINGS, PLAIN_ERROR_FINDINGS } from '../core/error-tables/index.js';
import { findingSchema, isOf, schemaOf, type FindingTable } from '../core/finding.js';
import { NOT_EXAMINED_FINDINGS, PLAN_FINDINGS } from '../core/findings.js';
import { checkShape, contentShape, riskReasonShape, type LedgerDraft } from '../publish/index.js';
import { recordedSettingsSchema } from '../settings/recorded-settings.js';
import { isDeclared } from '../verify/declarations.js';
import { ALL_FINDINGS } from '../words/index.js';

const word = z.string().max(300);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A worker has the same version as this process: it never has sentences of an earlier version. A record has the code of
 * an error alone; other errors, and their parts, may quote what a user wrote.
 */
const SAYS_NOW: FindingTable = Object.fromEntries(
  Object.entries(ALL_FINDINGS).filter(
    ([id]) =>
      id !== 'told' &&
      (Object.hasOwn(PLAIN_ERROR_FINDINGS, id) ||
        !(Object.hasOwn(ERROR_FINDINGS, id) || Object.hasOwn(ERROR_PART_FINDINGS, id))),
  ),
);

/**
 * What a worker says about a photo, as far as it may stand in a ledger. Anything not named here is dropped, including
 * the places in the chain (`seq`, `prev`), which only the output folder assigns.
 */
export const draftSchema = z.object({
  source: z.object({ sha256: hash.nullable(), bytes: z.number().int().nonnegative().nullable() }),
  ...contentShape({
    reason: schemaOf(SAYS_NOW),
    keptBack: schemaOf(PLAN_FINDINGS),
    notExamined: schemaOf(NOT_EXAMINED_FINDINGS),
    check: z.object({ ...checkShape, details: findingSchema }).refine(isDeclared),
    risk: z
      .object({ ...riskReasonShape, ...findingSchema.shape })
      .refine(({ id, values }) => isOf(SAYS_NOW, { id, values })),
  }),
  error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES) }).exactOptional(),
  settings: z.object({ sha256: hash, ...recordedSettingsSchema.shape }),
  timings: z.record(word, z.number()),
}) satisfies z.ZodType<LedgerDraft>;
