/**
 * What the local page and its server say to each other. Both import it: the types are the contract, the schemas check
 * what arrives. Everything is in pixels of the upright photo; nothing here does I/O.
 */
import * as z from 'zod/mini';
import { DETECTION_KINDS, type DetectionKind, type FaceFeature } from '../core/detection.js';
import type { ErrorOnTheWay } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import type { MetadataGroup } from '../core/metadata.js';
import { EXTENTS, STYLE_IDS } from '../redact/contract.js';
import type { DESTINATIONS } from '../risk/destinations.js';
import { required, type Fields, type Values } from '../settings/field.js';
import { SETTINGS, type boxSchema } from '../settings/fields.js';

/** Longer side, in pixels, of the picture that the page shows; shapes are in pixels of the photo all the same. */
export const PREVIEW_SIDE = 1600;
/** How often a page says that it is alive, and after how long a silence its photos are dropped; in milliseconds. */
export const ALIVE_EVERY = 15_000;
export const DEAD_AFTER = 60_000;
/** Most characters in a caption. */
const MOST_CAPTION = 20_000;
/** Fewest characters in a reason for an override. */
export const LEAST_REASON = 10;

const point = z.tuple([z.number(), z.number()]);
const kind = z.enum(DETECTION_KINDS);
export { EXTENTS, STYLE_IDS };

/** A region that will be covered. */
export const shapeSchema = z.strictObject({
  /** Chosen by the page for what a person drew; "auto-N" for what the tool found. */
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** What is under the shape; for a person's shape, what they say, which may be "other". */
  kinds: z.array(z.union([kind, z.literal('other')])).check(z.minLength(1), z.maxLength(5)),
  /** Corners in order; for a shape that is not convex, its convex hull is covered. */
  polygon: z.array(point).check(z.minLength(3), z.maxLength(256)),
});
export type Shape = z.infer<typeof shapeSchema>;

/** Everything that a person decides about a photo: settings, shapes, and the text of the caption. */
export const EDIT_FIELDS = {
  shapes: {
    schema: z.array(shapeSchema).check(z.maxLength(500)),
    expected: { id: 'expected/shapes', values: {} },
    isPrivate: true,
  },
  /** The lesion: the tool never covers it; a shape over it stays until the person removes the shape. */
  keep: required(SETTINGS.keep),
  cropToKeep: required(SETTINGS.cropToKeep),
  style: required(SETTINGS.style),
  /** How much of what the tool finds is covered; a shape that a person has changed stays as it is. */
  extent: required(SETTINGS.extent),
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

/** Why the risk is what it is. docs/RISK.md explains each `id`. */
export interface Reason extends Finding {
  /** 0–1. */
  readonly probability: number;
}

/** What was found in the file besides its pixels. Values go to the page only and are kept nowhere. */
export interface MetadataSummary {
  /** Degrees, north and east positive. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
  /** As the file has it, such as "2024-03-14T10:02:11". */
  readonly taken?: string;
  readonly device?: string;
  /** How many identifying fields there are in each group. */
  readonly groups: Readonly<Partial<Record<MetadataGroup, number>>>;
}

/** A photo that is open in the page. */
export interface PhotoView {
  readonly id: string;
  /** The size of the upright photo. */
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** "quick": a thorough look goes on; until then, findings are of an earlier or small copy, and shapes may change. */
  readonly state: 'quick' | 'ready';
  /** How many thorough looks are done: one more when the photo will be published larger than it was looked at. */
  readonly looks: number;
  /** The edit with which the photo opened: for a batch, its run's settings, and the kept regions beside the photo. */
  readonly opened: Pick<Edit, 'style' | 'extent' | 'destination' | 'keep' | 'cropToKeep'>;
  /** What the tool would cover: the whole list, new with every state and every change of `keep` or `extent`. */
  readonly autoShapes: readonly Shape[];
  /** Single features of a face that the last edit leaves open, and the shape that would cover each. */
  readonly openFeatures: readonly { readonly feature: FaceFeature; readonly polygon: Shape['polygon'] }[];
  /** What `cropToKeep` leaves of the photo; absent when that is the whole photo. */
  readonly crop?: z.infer<typeof boxSchema>;
  readonly metadata: MetadataSummary;
  /** What the tool could not look at, and why. */
  readonly notExamined: readonly { readonly kind: DetectionKind; readonly reason: Finding }[];
  readonly risk: RiskView;
}

/** The score as far as it can be known without writing the photo; the full check may add to it. */
export interface RiskView {
  /** 0–1. */
  readonly before: number;
  readonly after: number;
  /** The risk that the chosen destination accepts. */
  readonly most: number;
  readonly reasonsBefore: readonly Reason[];
  readonly reasonsAfter: readonly Reason[];
  /** The parts of the caption that lead to a person: UTF-16 positions. */
  readonly caption: readonly { readonly class: string; readonly start: number; readonly length: number }[];
}

/** The result of the full check: the photo was written, read again and attacked, in memory. */
export interface CheckView {
  readonly outcome: 'cleared' | 'review' | 'refused';
  /** What a person has to do to let the photo out: look, or give a reason; "never": the written file has a fault. */
  readonly asks: 'nothing' | 'look' | 'reason' | 'never';
  /** Empty when cleared. */
  readonly reasons: readonly Finding[];
  readonly risk: RiskView;
  readonly checks: readonly { readonly check: string; readonly status: string; readonly details: Finding }[];
  /** Shares 0–1; absent where one could not be measured. */
  readonly utility?: {
    readonly skinVisible?: number;
    readonly keepUntouched?: number;
    readonly resolutionLeft: number;
  };
  readonly width: number;
  readonly height: number;
  readonly extension: string;
  readonly bytes: number;
}

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
export interface ReasonView {
  readonly found: RiskView['caption'];
}

/** Saves without an override what is cleared, and what a person has to look at once they have looked. */
export const saveSchema = z.strictObject({
  /** The person has looked at the result, which is enough when all reasons of "review" only ask for a look. */
  hasLooked: z.boolean(),
  /** Needed for everything else that is not cleared. */
  ...override,
});
export type Save = z.infer<typeof saveSchema>;

/** A photo of a finished batch that waits for a person. */
export interface QueueEntry {
  /** Its number in the ledger. */
  readonly seq: number;
  /** "review" until a person has decided. */
  readonly state: 'review' | 'accepted' | 'rejected';
  readonly kinds: readonly (typeof DETECTION_KINDS)[number][];
  readonly reasons: readonly Finding[];
  /** The remaining risk, 0–1. */
  readonly risk: number;
  readonly width: number;
  readonly height: number;
  /** Whether the original can still be opened to change what is covered. */
  readonly canEdit: boolean;
  /** What a person has to do to accept the photo as it is. */
  readonly asks: CheckView['asks'];
  /** Initials of the person who decided. */
  readonly reviewer?: string;
}
export interface QueueView {
  readonly entries: readonly QueueEntry[];
  readonly counts: { readonly cleared: number; readonly review: number; readonly refused: number };
}

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
export interface SessionView {
  readonly version: string;
  /** Whether a finished batch is being reviewed. */
  readonly hasBatch: boolean;
  readonly destinations: readonly { readonly id: (typeof DESTINATIONS)[number]; readonly mostRisk: number }[];
  readonly maxBytes: number;
}

/** Every answer that reports a failure. */
export interface ApiError {
  /**
   * An error code of the project, or what is wrong with the call: "bad-request", "busy" (too many uploads),
   * "forbidden", "nothing-here", "used" (the secret with which a session was to begin), "reason-identifies" (see
   * `Override`). When the photo is no longer held: "gone" (lost in an earlier call), "crashed" or "stopped" (lost in
   * this one, as are all others).
   */
  readonly code: string;
  /** What the server says of it, when it is an error of the project; the page has words for it. */
  readonly finding?: ErrorOnTheWay;
  /** In English; holds no name. */
  readonly message: string;
}

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
 * GET    /api/queue/SEQ/picture                      → the written photo as JPEG, PREVIEW_SIDE at most
 * GET    /api/queue/SEQ/outlined                     → JPEG, small, with outlines of what was covered; 404 without
 * POST   /api/queue/SEQ/open                         → 201 PhotoView of the original; 410 ApiError when it is gone
 * POST   /api/queue/SEQ/decision body: DecisionRequest → QueueEntry; 409 "not-cleared", "reason-identifies", "decided" (by somebody else)
 */
export const API = '/api';
