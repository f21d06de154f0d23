import { z } from 'zod';
import { ERROR_CODES, STAGES } from '../core/errors.js';
import { findingSchema, isOf } from '../core/finding.js';
import { recordedSettingsSchema } from '../settings/recorded-settings.js';
import { IMAGE_FORMATS } from '../core/image.js';
import { isDeclared } from '../verify/declarations.js';
import { ALL_FINDINGS } from '../words/index.js';
import type { LedgerDraft } from './contract.js';
import { encoderSchema, outputExtension, stagedName } from './output-name.js';
import { contentShape, count, hash, riskReasonShape, word } from './record-schema.js';
import type { StagedPhoto } from './staging.js';

/** A worker is of this version: it has no sentences of an earlier one. */
const { told: _told, ...SAYS_NOW } = ALL_FINDINGS;

/**
 * What a worker says of a photo, as far as it may stand in a ledger: what is not named here is dropped, and with it the
 * places in the chain (`seq`, `prev`) that only the output folder gives.
 */
export const draftSchema = z
  .object({
    source: z.object({ sha256: hash.nullable(), bytes: count.nullable() }),
    ...contentShape(
      z.strictObject(findingSchema.shape).refine((finding) => isOf(SAYS_NOW, finding)),
      z
        .object({ ...riskReasonShape, ...findingSchema.shape })
        .refine(({ id, values }) => isOf(SAYS_NOW, { id, values })),
    ),
    error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES) }).exactOptional(),
    settings: z.object({ sha256: hash, ...recordedSettingsSchema.shape }),
    timings: z.record(word, z.number()),
  })
  .refine(({ checks = [] }) => checks.every(isDeclared)) satisfies z.ZodType<LedgerDraft>;

const side = z.number().int().positive();

/** The files of a finished photo, as whoever made it says: names of the one form, and nothing that leads elsewhere. */
export const stagedSchema = z.object({
  facts: z.object({
    sha256: hash,
    bytes: side,
    format: z.enum(IMAGE_FORMATS),
    width: side,
    height: side,
    frames: side,
    encoder: encoderSchema.exactOptional(),
  }),
  extension: outputExtension,
  photo: stagedName,
  plain: stagedName,
  outlined: stagedName.exactOptional(),
}) satisfies z.ZodType<StagedPhoto>;
