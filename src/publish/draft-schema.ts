import { z } from 'zod';
import { ERROR_CODES, STAGES } from '../core/errors.js';
import { recordedSettingsSchema } from '../settings/recorded-settings.js';
import { IMAGE_FORMATS } from '../core/image.js';
import type { LedgerDraft } from './contract.js';
import { encoderSchema, outputExtension, stagedName } from './output-name.js';
import { contentShape, count, hash, riskReasonShape, sentence, word } from './record-schema.js';
import type { StagedPhoto } from './staging.js';

/**
 * What a worker says of a photo, as far as it may stand in a ledger: what is not named here is dropped, and with it the
 * places in the chain (`seq`, `prev`) that only the output folder gives.
 */
export const draftSchema = z.object({
  source: z.object({ sha256: hash.nullable(), bytes: count.nullable() }),
  ...contentShape(sentence, z.object({ ...riskReasonShape, text: sentence })),
  error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES), message: sentence }).exactOptional(),
  settings: z.object({ sha256: hash, ...recordedSettingsSchema.shape }),
  timings: z.record(word, z.number()),
}) satisfies z.ZodType<LedgerDraft>;

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
