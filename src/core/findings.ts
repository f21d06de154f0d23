import * as z from 'zod/mini';
import type { CaptionClass } from './caption.js';
import { THINGS, type ContextId } from './context.js';
import {
  DETECTION_KINDS,
  FACE_FEATURES,
  TEXT_CLASSES,
  type DetectionKind,
  type FaceFeature,
} from './detection.js';
import {
  count,
  findingSchema,
  listOf,
  none,
  schemaOf,
  share,
  word,
  type FindingOf,
  type FindingTable,
} from './finding.js';
import { IMAGE_FORMATS } from './image.js';
import type { MetadataGroup } from './metadata.js';

const kind = z.enum(DETECTION_KINDS);
const format = z.enum(IMAGE_FORMATS);
const ofKind = z.strictObject({ kind });
const amount = z.number().check(z.nonnegative());

/** What would bring a photo of a face under its destination's limit; `risk`: what it would then be. */
export const REMEDY_FINDINGS = {
  'remedy/crop': z.strictObject({ risk: share }),
  /** `share`: of the kept regions' width and height. */
  'remedy/smaller-keep': z.strictObject({ risk: share, share }),
  'remedy/cover-face': z.strictObject({ risk: share }),
} as const satisfies FindingTable;
export type RemedyFinding = FindingOf<typeof REMEDY_FINDINGS>;
const remedies = z.optional(listOf(schemaOf(REMEDY_FINDINGS)));

/** Why a photo is not simply cleared, besides what checks find. */
export const GATE_FINDINGS = {
  /** `worst`: what raises the risk most. */
  'gate/risk': z.strictObject({
    after: share,
    most: share,
    destination: word,
    worst: z.optional(findingSchema),
    remedies,
  }),
  'gate/look-after': ofKind,
  /** `pixels`: the iris's width. */
  'gate/iris': z.strictObject({ pixels: count }),
  'gate/covered': z.strictObject({ share }),
  /** In the middle of the photo, for what is not certain to be of that kind. */
  'gate/lesion-covered': ofKind,
  /** `share`: of a kept region. */
  'gate/keep-covered': z.strictObject({ share }),
  /** More of a face is left than a patch that was measured not to be recognised. `share`: of the face. */
  'gate/skin-of-face': z.strictObject({ share, remedies }),
  'gate/format': z.strictObject({ format, taken: listOf(format) }),
  'gate/size': z.strictObject({ bytes: count, most: count }),
  /** Shrinking the photo to fit would leave too little across. In pixels; `least`: across. */
  'gate/too-long': z.strictObject({ pixels: count, most: count, least: count }),
  'gate/unchecked': none,
  /** An undeclared check, or a declared check with an undeclared finding. */
  'gate/unknown-check': z.strictObject({ check: word }),
  /** A person chose a destination that accepts more than the run's. `most`: what the run accepts. */
  'gate/laxer-than-run': z.strictObject({ destination: word, run: word, most: share }),
  /** By a person. */
  'gate/rejected': none,
} as const satisfies FindingTable;

/** What happens to a detection that is not simply covered. */
export const PLAN_FINDINGS = {
  'plan/shown-in-keep': ofKind,
  'plan/covered-in-keep': ofKind,
  /** A face: only skin without a feature stays visible. */
  'plan/skin-left': none,
  /** A kept region shows skin of a face. */
  'plan/skin-in-keep': none,
  /**
   * A face is covered whole, though its skin was to stay. `missing`: not seen with confidence; none: nothing
   * was, or features hide all of the skin.
   */
  'plan/covered-whole': z.strictObject({ missing: listOf(z.enum(FACE_FEATURES)) }),
  /** What of a kept region is covered all the same, as it is a feature of a face. */
  'plan/features-in-keep': z.strictObject({ features: listOf(z.enum(FACE_FEATURES)) }),
  /** By a person. */
  'plan/left-open': ofKind,
} as const satisfies FindingTable;

/** Why a detector could not look. */
export const NOT_EXAMINED_FINDINGS = {
  'not-examined/strip': ofKind,
  /** `share`: of the photo, which is too dark, foggy or faint. */
  'not-examined/faint': z.strictObject({ kind, share }),
} as const satisfies FindingTable;

/** What the proof of an encoding says (src/formats/prove-encoding.ts), for the check of that name and for `verify`. */
export const ENCODING_FINDINGS = {
  'encoding-proof/foreign-format': z.strictObject({ format }),
  'encoding-proof/same-bytes': none,
  'encoding-proof/other-bytes': none,
  'encoding-proof/not-rewritable': z.strictObject({ code: word }),
  /** `code`: why it could not be written again. */
  'encoding-proof/no-answer': z.strictObject({ code: word }),
  /** "aom 3.15.1, here 3.16.0" */
  'encoding-proof/other-versions': z.strictObject({ versions: z.string().check(z.maxLength(2000)) }),
  'encoding-proof/versions-unknown': none,
} as const satisfies FindingTable;
export type EncodingFinding = FindingOf<typeof ENCODING_FINDINGS>;

/** What `verify` finds in a folder, besides what the checks of a photo say. */
export const VERIFY_FINDINGS = {
  'verify/fewer-records': z.strictObject({ records: count, expected: count }),
  'verify/folder-unreadable': none,
  'verify/unknown-file': none,
  'verify/system-file': none,
  /** `names`: of the attributes. */
  'verify/attributes': z.strictObject({ names: listOf(word) }),
  'verify/review-absent': z.strictObject({ photos: count }),
  'verify/not-a-file': z.strictObject({ kind: z.enum(['folder', 'link', 'other']) }),
  'verify/too-large': none,
  'verify/unreadable': none,
  'verify/record-foreign': z.strictObject({ record: count }),
  /** A refusal that names a photo, or any other outcome that names none. */
  'verify/record-contradicts': z.strictObject({ record: count }),
  'verify/chain-broken': z.strictObject({ line: count }),
  'verify/line-torn': none,
  'verify/missing': none,
  'verify/other-file': none,
  'verify/no-summary': none,
  'verify/not-a-summary': none,
  'verify/unsigned': none,
  'verify/wrong-signature': none,
  'verify/other-ledger': none,
  'verify/other-counts': none,
  'verify/no-report': none,
  'verify/report-not-vouched': none,
  'verify/other-report': none,
} as const satisfies FindingTable;
export type VerifyFinding = FindingOf<typeof VERIFY_FINDINGS>;

/** A sentence of an earlier version, in English. */
export const TOLD_FINDINGS = { told: z.strictObject({ text: z.string() }) } as const satisfies FindingTable;

type KindFactor = `${'seen' | 'shown' | 'not-examined' | 'attested' | 'missed' | 'looked'}-${DetectionKind}`;
/** What raises the risk, besides what checks find; each is a row of the table in docs/RISK.md. */
export type FactorId =
  | KindFactor
  | `metadata-${MetadataGroup}`
  | `open-${FaceFeature | 'iris'}`
  | `context-${ContextId | 'unseen'}`
  | `caption-${CaptionClass}`
  | 'recognised-face'
  | 'skin-of-face'
  | 'allowed-text'
  | 'skin'
  | 'check-unknown'
  | 'nothing-checked';

/** `covered`: how many regions of this kind are covered. */
const missed = z.strictObject({ covered: count });
const things = z.strictObject({ things: listOf(z.enum(THINGS)) });
/** From 1. */
const lines = z.strictObject({ lines: listOf(count) });

export const FACTOR_FINDINGS = {
  'metadata-place': none,
  'metadata-time': none,
  'metadata-device': none,
  'metadata-software': none,
  'metadata-colour-profile': none,
  'metadata-person': none,
  'metadata-preview': none,
  'metadata-hidden-image': none,
  'metadata-provenance': none,
  'metadata-comment': none,
  'metadata-trailing': none,
  'metadata-other': none,
  'seen-face': none,
  'shown-face': none,
  'recognised-face': none,
  /** `share`: of the face's box, 0–1. */
  'skin-of-face': z.strictObject({ share }),
  'not-examined-face': none,
  'attested-face': none,
  'missed-face': missed,
  'looked-face': missed,
  'open-iris': z.strictObject({ pixels: count }),
  'open-eye': none,
  'open-nose': none,
  'open-mouth': none,
  'open-ear': none,
  'seen-tattoo': none,
  'shown-tattoo': none,
  'not-examined-tattoo': none,
  'attested-tattoo': none,
  'missed-tattoo': missed,
  'looked-tattoo': missed,
  'seen-text': z.strictObject({ classes: listOf(z.enum(TEXT_CLASSES)) }),
  'shown-text': none,
  'not-examined-text': none,
  'attested-text': none,
  'missed-text': missed,
  'looked-text': missed,
  'allowed-text': none,
  'seen-code': none,
  'shown-code': none,
  'not-examined-code': none,
  'attested-code': none,
  'missed-code': missed,
  'looked-code': missed,
  skin: none,
  'context-several-people': z.strictObject({ people: count }),
  'context-hand-ridges': z.strictObject({ pixels: amount }),
  'context-screen': things,
  'context-room': things,
  'context-street': things,
  'context-unseen': none,
  'caption-name': lines,
  'caption-date': lines,
  'caption-age-above-89': lines,
  'caption-place': lines,
  'caption-identifier': lines,
  'caption-contact': lines,
  /** A check without an answer, and why it gave none. */
  'check-unknown': z.strictObject({ check: word, why: findingSchema }),
  'nothing-checked': none,
} as const satisfies Record<FactorId, z.ZodMiniObject>;

export type GateFinding = FindingOf<typeof GATE_FINDINGS>;
export type PlanFinding = FindingOf<typeof PLAN_FINDINGS>;
export type NotExaminedFinding = FindingOf<typeof NOT_EXAMINED_FINDINGS>;
export type FactorFinding = FindingOf<typeof FACTOR_FINDINGS>;

/** Turns a sentence of an earlier version into a finding. */
export function told(text: string): FindingOf<typeof TOLD_FINDINGS> {
  return { id: 'told', values: { text } };
}
