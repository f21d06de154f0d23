/**
 * What the local page and its server say to each other. Both import it, and each checks with the schemas what arrives;
 * the server checks with them, too, what the process says that holds the photos. Everything is in pixels of the upright
 * photo; nothing here does I/O.
 */
import * as z from 'zod/mini';
import { CAPTION_CLASSES } from '../core/caption.js';
import { DETECTION_KINDS, FACE_FEATURES } from '../core/detection.js';
import { STAGES } from '../core/errors.js';
import { count, findingSchema, isOf, schemaOf, share, word } from '../core/finding.js';
import { NOT_EXAMINED_FINDINGS, PLAN_FINDINGS } from '../core/findings.js';
import { IMAGE_FORMATS } from '../core/image.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import { EXTENTS, FACE_COVERS, STYLE_IDS } from '../redact/contract.js';
import { DESTINATIONS } from '../risk/destinations.js';
import { required, type Fields, type Values } from '../settings/field.js';
import { boxSchema, SETTINGS } from '../settings/fields.js';
import { isDeclared } from '../verify/declarations.js';
import { OWN_FINDINGS } from '../words/index.js';

/** Longer side, in pixels, of the picture that the page shows; shapes are in pixels of the photo all the same. */
export const PREVIEW_SIDE = 1600;
/** How often a page says that it is alive, and after how long a silence its photos are dropped; in milliseconds. */
export const ALIVE_EVERY = 15_000;
export const DEAD_AFTER = 60_000;
/** Most characters in a caption. */
const MOST_CAPTION = 20_000;
/** Fewest characters in a reason for an override. */
export const LEAST_REASON = 10;
/** A head whose skin stays takes some thirty. */
const MOST_SHAPES = 2000;

const point = z.tuple([z.number(), z.number()]);
const kind = z.enum(DETECTION_KINDS);
const side = z.int().check(z.positive());
const many = <T extends z.ZodMiniType>(item: T) => z.readonly(z.array(item));
export { EXTENTS, FACE_COVERS, STYLE_IDS };

/** A region that will be covered. */
export const shapeSchema = z.strictObject({
  /** Chosen by the page for what a person drew; "auto-N" for what the tool found. */
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** What is under the shape; for a person's shape, what they say, which may be "other". */
  kinds: z.array(z.union([kind, z.literal('other')])).check(z.minLength(1), z.maxLength(5)),
  /** Corners in order; for a shape that is not convex, its convex hull is covered. */
  polygon: z.array(point).check(z.minLength(3), z.maxLength(256)),
  /** Shapes with the same number are pieces that cover one thing, such as all of a head but its skin. */
  group: z.exactOptional(count),
});
export type Shape = z.infer<typeof shapeSchema>;

/** Everything that a person decides about a photo: settings, shapes, and the text of the caption. */
export const EDIT_FIELDS = {
  shapes: {
    schema: z.array(shapeSchema).check(z.maxLength(MOST_SHAPES)),
    expected: { id: 'expected/shapes', values: {} },
    isPrivate: true,
  },
  /** The lesion: the tool never covers it; a shape over it stays until the person removes the shape. */
  keep: required(SETTINGS.keep),
  cropToKeep: required(SETTINGS.cropToKeep),
  style: required(SETTINGS.style),
  /** How much of what the tool finds is covered; a shape that a person has changed stays as it is. */
  extent: required(SETTINGS.extent),
  /** What of a face the tool covers. */
  faces: required(SETTINGS.faces),
  destination: required(SETTINGS.destination),
  /** The kinds that the person has looked for: they state that the photo shows none uncovered. */
  attestNone: required(SETTINGS.attestNone),
  caption: {
    schema: z.string().check(z.maxLength(MOST_CAPTION)),
    expected: { id: 'expected/text', values: { most: MOST_CAPTION } },
    isPrivate: true,
  },
} as const satisfies Fields;
export type Edit = Values<typeof EDIT_FIELDS>;

/** Ways to treat a photo of a lesion on a face, those first that leave more to see. */
export const FACE_WAYS = ['skin', 'patch', 'covered'] as const;
export type FaceWay = (typeof FACE_WAYS)[number];
/** What each way sets; "covered" takes the kept regions away, too. */
export const SETTINGS_OF_WAY: Readonly<Record<FaceWay, Pick<Edit, 'faces' | 'cropToKeep'>>> = {
  skin: { faces: 'features', cropToKeep: false },
  patch: { faces: 'whole', cropToKeep: true },
  covered: { faces: 'whole', cropToKeep: false },
};

/** Why the risk is what it is. docs/RISK.md explains each `id`. */
const reason = z.readonly(
  z
    .object({ ...findingSchema.shape, probability: share })
    .check(z.refine(({ id, values }) => isOf(OWN_FINDINGS, { id, values }))),
);
export type Reason = z.infer<typeof reason>;

const riskView = z.object({
  before: share,
  after: share,
  /** The risk that the chosen destination accepts. */
  most: share,
  reasonsBefore: many(reason),
  reasonsAfter: many(reason),
  /** The parts of the caption that lead to a person: UTF-16 positions. */
  caption: many(z.object({ class: z.enum(CAPTION_CLASSES), start: count, length: count })),
});
/** The score as far as it can be known without writing the photo; the full check may add to it. */
export type RiskView = z.infer<typeof riskView>;

/** A photo that is open in the page. */
export const photoViewSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{24}$/)),
  /** The size of the upright photo. */
  width: side,
  height: side,
  format: z.enum(IMAGE_FORMATS),
  /** "quick": a thorough look goes on; until then, findings are of an earlier or small copy, and shapes may change. */
  state: z.enum(['quick', 'ready']),
  /** How many thorough looks are done: one more when the photo will be published larger than it was looked at. */
  looks: count,
  /** The edit with which the photo opened: for a batch, its run's settings, and the kept regions beside the photo. */
  opened: z.object({
    style: EDIT_FIELDS.style.schema,
    extent: EDIT_FIELDS.extent.schema,
    faces: EDIT_FIELDS.faces.schema,
    destination: EDIT_FIELDS.destination.schema,
    keep: EDIT_FIELDS.keep.schema,
    cropToKeep: EDIT_FIELDS.cropToKeep.schema,
  }),
  /** What the tool would cover: the whole list, new with every state and every change of `keep`, `extent` or `faces`. */
  autoShapes: many(shapeSchema),
  /** Single features of a face that the last edit leaves open, and the shape that would cover each. */
  openFeatures: many(z.object({ feature: z.enum(FACE_FEATURES), polygon: z.array(point) })),
  /** Why the tool covers otherwise than `keep` and `faces` ask for. */
  planned: many(schemaOf(PLAN_FINDINGS)),
  /** For a photo of a run: for whom the run was, the risk it accepts, and whether the last edit is for others. */
  run: z.exactOptional(
    z.object({ destination: EDIT_FIELDS.destination.schema, most: share, isExceeded: z.boolean() }),
  ),
  /** The part of the photo that a face takes; absent unless that is more than a third. */
  portrait: z.exactOptional(boxSchema),
  /** With a portrait, its thorough look done and something kept: what each way would come to. */
  ways: many(
    z.object({
      way: z.enum(FACE_WAYS),
      /** The remaining risk. */
      after: share,
      /** Whether the destination accepts that risk. */
      isEnough: z.boolean(),
      /** One of them: it shows most of those that are possible and enough, or else is the least risky. */
      isAdvised: z.boolean(),
      /** Why it is not possible; absent when it is. */
      why: z.exactOptional(schemaOf(PLAN_FINDINGS)),
    }),
  ),
  /** What `cropToKeep` leaves of the photo; absent when that is the whole photo. */
  crop: z.exactOptional(boxSchema),
  /** What was found in the file besides its pixels. Values go to the page only and are kept nowhere. */
  metadata: z.object({
    /** Degrees, north and east positive. */
    place: z.exactOptional(z.object({ latitude: z.number(), longitude: z.number() })),
    /** As the file has it, such as "2024-03-14T10:02:11". */
    taken: z.exactOptional(word),
    device: z.exactOptional(word),
    /** How many identifying fields there are in each group. */
    groups: z.partialRecord(z.enum(METADATA_GROUPS), count),
  }),
  /** What the tool could not look at, and why. */
  notExamined: many(z.object({ kind, reason: schemaOf(NOT_EXAMINED_FINDINGS) })),
  risk: riskView,
});
export type PhotoView = z.infer<typeof photoViewSchema>;
export type WayView = PhotoView['ways'][number];
export type MetadataSummary = PhotoView['metadata'];

/** What a person has to do to let a photo out: look, or give a reason; "never": the written file has a fault. */
const asks = z.enum(['nothing', 'look', 'reason', 'never']);

/** The result of the full check: the photo was written, read again and attacked, in memory. */
export const checkViewSchema = z.object({
  outcome: z.enum(['cleared', 'review', 'refused']),
  asks,
  /** Empty when cleared. */
  reasons: many(schemaOf(OWN_FINDINGS)),
  risk: riskView,
  checks: many(
    z
      .object({
        check: word,
        status: z.enum(['not-found', 'found', 'could-not-tell']),
        details: findingSchema,
      })
      .check(z.refine(isDeclared)),
  ),
  /** Shares 0–1; absent where one could not be measured. */
  utility: z.exactOptional(
    z.object({
      skinVisible: z.exactOptional(share),
      keepUntouched: z.exactOptional(share),
      resolutionLeft: z.number().check(z.nonnegative()),
    }),
  ),
  width: side,
  height: side,
  extension: word,
  bytes: count,
});
export type CheckView = z.infer<typeof checkViewSchema>;

/** A reason that the person types for letting a photo out against the gate. It is recorded. */
const override = {
  overrideReason: z.optional(z.string().check(z.minLength(LEAST_REASON), z.maxLength(1000))),
  /** The person was shown what in the reason leads to somebody (`ReasonView`), and wants it recorded all the same. */
  reasonConfirmed: z.optional(z.literal(true)),
};
export interface Override {
  readonly overrideReason?: string | undefined;
  readonly reasonConfirmed?: true | undefined;
}

/** A reason, before it is used. */
export const reasonSchema = z.strictObject({ reason: z.string().check(z.maxLength(1000)) });
/** The parts of the reason that lead to a person: UTF-16 positions. */
export const reasonViewSchema = z.object({ found: riskView.shape.caption });
export type ReasonView = z.infer<typeof reasonViewSchema>;

/** Saves without an override what is cleared, and what a person has to look at once they have looked. */
export const saveSchema = z.strictObject({
  /** The person has looked at the result, which is enough when all reasons of "review" only ask for a look. */
  hasLooked: z.boolean(),
  /** Needed for everything else that is not cleared. */
  ...override,
});
export type Save = z.infer<typeof saveSchema>;

/** A photo of a finished batch. */
export const queueEntrySchema = z.object({
  /** Its number in the ledger. */
  seq: count,
  /** The name of its source, without folders; private: it goes to the page only. Empty when it is not known. */
  name: z.string().check(z.maxLength(2000)),
  /** "review" until a person has decided; "cleared" and "refused" by the tool, and nobody decides about them here. */
  state: z.enum(['review', 'accepted', 'rejected', 'cleared', 'refused']),
  kinds: many(kind),
  /** Of the version that treated the photo. */
  reasons: many(findingSchema),
  /** The remaining risk; absent when nothing was written. */
  risk: z.exactOptional(share),
  /** The risk that is accepted for it. */
  most: share,
  /** For whom it was treated, and whether that accepts more than the run does. */
  destination: EDIT_FIELDS.destination.schema,
  isLaxerThanRun: z.boolean(),
  width: count,
  height: count,
  /** Whether the original can still be opened to change what is covered. */
  canEdit: z.boolean(),
  /** What a person has to do to accept the photo as it is. */
  asks,
  /** Initials of the person who decided. */
  reviewer: z.exactOptional(word),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;
/** The photos that the tool cleared or refused itself. */
export const othersSchema = many(queueEntrySchema);
export const queueViewSchema = z.object({
  entries: many(queueEntrySchema),
  counts: z.object({ cleared: count, review: count, refused: count }),
});
export type QueueView = z.infer<typeof queueViewSchema>;

const initials = z.string().check(z.regex(/^\p{L}{1,4}$/u));
export const decisionSchema = z.strictObject({
  decision: z.enum(['accept', 'reject', 'undo']),
  initials,
  /** Needed to accept what the gate would not let pass even after a person has looked. */
  ...override,
  /** An open photo (`PhotoView.id`) of this entry whose changes are accepted with it. */
  edited: z.optional(z.string()),
});
export type DecisionRequest = z.infer<typeof decisionSchema>;

/** What the page needs to know when it starts. */
export const sessionViewSchema = z.object({
  version: word,
  /** Whether a finished batch is being reviewed. */
  hasBatch: z.boolean(),
  destinations: many(z.object({ id: z.enum(DESTINATIONS), mostRisk: share })),
  maxBytes: count,
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** Every answer that reports a failure. */
export const apiErrorSchema = z.object({
  /**
   * An error code of the project, or what is wrong with the call: "bad-request", "busy" (too many uploads),
   * "forbidden", "nothing-here", "used" (the secret with which a session was to begin), "reason-identifies" (see
   * `Override`). When the photo is no longer held: "gone" (lost in an earlier call), "crashed" or "stopped" (lost in
   * this one, as are all others).
   */
  code: word,
  /** What the server says of it, when it is an error of the project; the page has words for it. */
  finding: z.exactOptional(z.object({ ...findingSchema.shape, stage: z.enum(STAGES) })),
  /** In English; holds no name. */
  message: z.string(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

/**
 * The calls; all under the page's own address. All but the first are of a session (src/review/channel/): proven, and what
 * they carry sealed; all answers are proven too.
 *
 * POST   /api/session           body: Hello          → 201 Hello; begins a session; 401 ApiError "used"
 * GET    /api/session                                → SessionView
 * POST   /api/alive                                  → 204; see ALIVE_EVERY
 * POST   /api/photos            body: the file       → 201 PhotoView, state "quick" or "ready"
 * GET    /api/photos/ID/ready                        → PhotoView, once it is "ready"
 * PUT    /api/photos/ID/edit    body: Edit           → PhotoView; the risk for this edit
 * GET    /api/photos/ID/before                       → JPEG, PREVIEW_SIDE at most
 * GET    /api/photos/ID/after                        → JPEG of the last edit, as large as "before"
 * GET    /api/photos/ID/written                      → JPEG of what the full check of the last edit wrote
 * POST   /api/photos/ID/check                        → CheckView of the last edit
 * POST   /api/photos/ID/save    body: Save           → the file, with a neutral name; 409 ApiError "not-cleared", "reason-identifies"
 * POST   /api/reason            body: reasonSchema   → ReasonView; nothing is kept
 * DELETE /api/photos/ID                              → 204; also on pagehide, with keepalive
 * GET    /api/queue                                  → QueueView
 * GET    /api/queue/others                             → othersSchema
 * GET    /api/queue/SEQ/original                       → JPEG of the source, PREVIEW_SIDE at most; 410 ApiError when it is gone
 * GET    /api/queue/SEQ/picture                      → the written photo as JPEG, PREVIEW_SIDE at most
 * GET    /api/queue/SEQ/outlined                     → JPEG, small, with outlines of what was covered; 404 without
 * POST   /api/queue/SEQ/open                         → 201 PhotoView of the original; 410 ApiError when it is gone
 * POST   /api/queue/SEQ/decision body: DecisionRequest → QueueEntry; 409 "not-cleared", "reason-identifies", "decided" (by somebody else)
 */
export const API = '/api';
