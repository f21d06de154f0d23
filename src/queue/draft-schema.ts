import { z } from 'zod';
import { CAPTION_CLASSES } from '../core/caption.js';
import { DETECTION_KINDS, FACE_FEATURES, TEXT_CLASSES } from '../core/detection.js';
import { ERROR_CODES, STAGES } from '../core/errors.js';
import { IMAGE_FORMATS } from '../core/image.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import { OUTCOMES, type LedgerDraft } from '../publish/contract.js';
import { EXTENTS, STYLE_IDS } from '../redact/contract.js';
import { DICOM_CODES, HIPAA_LETTERS, WP216_RISKS } from '../risk/index.js';
import { SIDECAR_KINDS } from '../source/contract.js';

/** Longer than any sentence that this tool writes. */
const sentence = z.string().max(1000);
const word = z.string().max(300);
const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const kind = z.enum(DETECTION_KINDS);
const counted = z.partialRecord(kind, count);

const reason = z.object({
  id: word,
  probability: share,
  text: sentence,
  when: z.enum(['before', 'after']),
  hipaa: z.array(z.enum(HIPAA_LETTERS)),
  wp216: z.array(z.enum(WP216_RISKS)),
  dicom: z.array(z.literal(DICOM_CODES)),
});

/**
 * What a worker says of a photo, as far as it may stand in a ledger: what is not named here is dropped, and with it the
 * places in the chain (`seq`, `prev`) that only the output folder gives.
 */
export const draftSchema = z.object({
  source: z.object({ sha256: hash.nullable(), bytes: count.nullable() }),
  outcome: z.enum(OUTCOMES),
  reasons: z.array(sentence).max(100),
  lookingIsEnough: z.literal(true).exactOptional(),
  error: z.object({ code: z.enum(ERROR_CODES), stage: z.enum(STAGES), message: sentence }).exactOptional(),
  notUsed: z.array(z.enum(SIDECAR_KINDS)).exactOptional(),
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
  keptBack: z.array(z.object({ kind, shown: z.boolean(), share, reason: sentence })).exactOptional(),
  notExamined: z.array(z.object({ kind, reason: sentence, attested: z.boolean() })).exactOptional(),
  checks: z
    .array(
      z.object({
        check: word,
        status: z.enum(['not-found', 'found', 'could-not-tell']),
        details: sentence,
      }),
    )
    .exactOptional(),
  risk: z.object({ before: share, after: share, reasons: z.array(reason) }).exactOptional(),
  caption: z.array(z.object({ class: z.enum(CAPTION_CLASSES), line: count })).exactOptional(),
  utility: z
    .object({
      skinVisible: z.number().exactOptional(),
      ssim: z.number().exactOptional(),
      deltaE2000: z.number().exactOptional(),
      keepUntouched: z.number().exactOptional(),
      resolutionLeft: z.number(),
    })
    .exactOptional(),
  goneWithACrop: counted.exactOptional(),
  settings: z.object({
    sha256: hash,
    destination: word,
    maxRisk: share.exactOptional(),
    style: z.enum(STYLE_IDS),
    extent: z.enum(EXTENTS).exclude(['usual']).exactOptional(),
    attestNone: z.array(kind),
    keepRegions: count,
    cropToKeep: z.boolean(),
    allowFaceInKeep: z.boolean(),
    allowText: count,
    keepRuler: z.boolean(),
  }),
  models: z.array(z.object({ id: word, sha256: hash, engine: word })),
  timings: z.record(word, z.number()),
}) satisfies z.ZodType<LedgerDraft>;
