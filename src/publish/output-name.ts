import { z } from 'zod';
import { IMAGE_FORMATS } from '../core/image.js';
import { FORMATS, formatById } from '../formats/index.js';

/** Extensions of the formats that can be written. */
const EXTENSIONS = FORMATS.filter((format) => 'encode' in format).map(({ extension }) => extension);
/** 64 random bits, drawn by `neutralName` and `StagingPlace`. */
const STEM = '[0-9a-f]{16}';
const PHOTO = `${STEM}\\.(?:${EXTENSIONS.join('|')})`;

/** The only form of a published photo's name. Every name from disk or queue is matched before it becomes a path. */
export const outputName = z.string().regex(new RegExp(`^${PHOTO}$`));

/** The extension of a photo that can be written, without a dot. */
export const outputExtension = z.string().regex(new RegExp(`^(?:${EXTENSIONS.join('|')})$`));

/** The only form of a staged file's name: a photo, or one of its small views. */
export const stagedName = z.string().regex(new RegExp(`^(?:${PHOTO}|${STEM}-(?:plain|outlined)\\.jpg)$`));

/** `EncoderVersions` */
export const encoderSchema = z.record(z.string().max(100), z.string().max(100));

const count = z.number().int().nonnegative();

/** A published file as a record describes it; its extension is that of its format. */
export const publishedFile = z
  .object({
    name: outputName,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: count,
    format: z.enum(IMAGE_FORMATS),
    width: count,
    height: count,
    frames: count,
    encoder: encoderSchema.exactOptional(),
  })
  .refine(({ name, format }) => name.endsWith(`.${formatById(format).extension}`));
