import { z } from 'zod';
import { IMAGE_FORMATS } from '../core/image.js';
import { encoderSchema, outputExtension, stagedName } from './output-name.js';
import { hash } from './record-schema.js';
import type { StagedPhoto } from './staging.js';

const side = z.number().int().positive();

/** The files of a finished photo, as reported by what made them: names of one form, which lead nowhere else. */
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
