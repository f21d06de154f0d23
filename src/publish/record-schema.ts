import { z } from 'zod';
import { CAPTION_CLASSES } from '../core/caption.js';
import { DETECTION_KINDS, FACE_FEATURES, TEXT_CLASSES } from '../core/detection.js';
import { IMAGE_FORMATS } from '../core/image.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import { DICOM_CODES, HIPAA_LETTERS, WP216_RISKS } from '../risk/index.js';
import { SIDECAR_KINDS } from '../source/contract.js';
import { OUTCOMES } from './contract.js';

export const word = z.string().max(300);
export const count = z.number().int().nonnegative();
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** JSON writes a value that is not a number as null; a photo with such a risk is never cleared. */
const orNoNumber = <T extends z.ZodType<number>>(number: T) =>
  z.union([number, z.null().transform(() => NaN)]);
const share = orNoNumber(z.number().min(0).max(1));
const measured = orNoNumber(z.number());
const kind = z.enum(DETECTION_KINDS);
const counted = z.partialRecord(kind, count);

/** What every reason for a risk has, besides what it says. */
export const riskReasonShape = {
  probability: share,
  when: z.enum(['before', 'after']),
  hipaa: z.array(z.enum(HIPAA_LETTERS)),
  wp216: z.array(z.enum(WP216_RISKS)),
  dicom: z.array(z.literal(DICOM_CODES)),
};

/** `ShownFrames` */
export const shownFrames = z.object({
  frames: z.number().int().positive(),
  perSheet: z.number().int().positive(),
});

/** What every result of a check has, besides what it says. */
export const checkShape = { check: word, status: z.enum(['not-found', 'found', 'could-not-tell']) };

type Schema = z.core.SomeType;
/** The places of a record where something is said, and what may be said there. */
interface Said<Reason, KeptBack, NotExamined, Check, Risk> {
  readonly reason: Reason;
  readonly keptBack: KeptBack;
  readonly notExamined: NotExamined;
  /** A whole result of a check. */
  readonly check: Check;
  /** A whole reason for a risk. */
  readonly risk: Risk;
}

/** What is known about a photo, in a worker's message and in a record; anything not named here is dropped. */
export function contentShape<
  Reason extends Schema,
  KeptBack extends Schema,
  NotExamined extends Schema,
  Check extends Schema,
  Risk extends Schema,
>(said: Said<Reason, KeptBack, NotExamined, Check, Risk>) {
  return {
    outcome: z.enum(OUTCOMES),
    reasons: z.array(said.reason).max(1000),
    lookingIsEnough: z.literal(true).exactOptional(),
    notUsed: z.array(z.enum(SIDECAR_KINDS)).exactOptional(),
    keepOutside: count.exactOptional(),
    found: z
      .object({
        format: z.enum(IMAGE_FORMATS),
        metadata: z.partialRecord(z.enum(METADATA_GROUPS), count),
        removed: z.array(word).max(10_000),
        trailingBytes: count,
        detections: counted,
        features: z.partialRecord(z.enum(FACE_FEATURES), count).exactOptional(),
        textClasses: z.partialRecord(z.enum(TEXT_CLASSES), count),
        allowedText: count,
        redactions: count,
        redactedShare: share,
      })
      .exactOptional(),
    keptBack: z.array(z.object({ kind, shown: z.boolean(), share, reason: said.keptBack })).exactOptional(),
    notExamined: z.array(z.object({ kind, reason: said.notExamined, attested: z.boolean() })).exactOptional(),
    checks: z.array(said.check).exactOptional(),
    risk: z.object({ before: share, after: share, reasons: z.array(said.risk) }).exactOptional(),
    caption: z.array(z.object({ class: z.enum(CAPTION_CLASSES), line: count })).exactOptional(),
    utility: z
      .object({
        skinVisible: measured.exactOptional(),
        ssim: measured.exactOptional(),
        deltaE2000: measured.exactOptional(),
        keepUntouched: measured.exactOptional(),
        resolutionLeft: measured,
        lengthScale: measured.exactOptional(),
        lengthError: measured.exactOptional(),
      })
      .exactOptional(),
    goneWithACrop: counted.exactOptional(),
    models: z.array(z.object({ id: word, sha256: hash, engine: word })),
  };
}
