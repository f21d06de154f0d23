import { z } from 'zod';
import { ERROR_CODES, STAGES } from '../core/errors.js';
import { findingSchema, isOf, schemaOf } from '../core/finding.js';
import { NOT_EXAMINED_FINDINGS, PLAN_FINDINGS } from '../core/findings.js';
import { checkShape, contentShape, riskReasonShape, type LedgerDraft } from '../publish/index.js';
import { recordedSettingsSchema } from '../settings/recorded-settings.js';
import { isDeclared } from '../verify/declarations.js';
import { OWN_FINDINGS } from '../words/index.js';

const word = z.string().max(300);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a worker says about a photo, as far as it may stand in a ledger; it has the same version as this process. Anything not named here is dropped, including
 * the places in the chain (`seq`, `prev`), which only the output folder assigns.
 */
export const draftSchema = z.object({
  source: z.object({ sha256: hash.nullable(), bytes: z.number().int().nonnegative().nullable() }),
  ...contentShape({
    reason: schemaOf(OWN_FINDINGS),
    keptBack: schemaOf(PLAN_FINDINGS),
    notExamined: schemaOf(NOT_EXAMINED_FINDINGS),
    check: z.object({ ...checkShape, details: findingSchema }).refine(isDeclared),
    risk: z
      .object({ ...riskReasonShape, ...findingSchema.shape })
      .refine(({ id, values }) => isOf(OWN_FINDINGS, { id, values })),
  }),
  error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES) }).exactOptional(),
  settings: z.object({ sha256: hash, ...recordedSettingsSchema.shape }),
  timings: z.record(word, z.number()),
}) satisfies z.ZodType<LedgerDraft>;
