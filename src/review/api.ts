/**
 * What the local page and its server say to each other. Both import it: the types are the contract, the schemas check
 * what arrives. Everything is in pixels of the upright photo; nothing here does I/O.
 */
import * as z from 'zod/mini';
import { DETECTION_KINDS, type DetectionKind, type FaceFeature } from '../core/detection.js';
import type { Finding } from '../core/finding.js';
import type { MetadataGroup } from '../core/metadata.js';
import { EXTENTS, STYLE_IDS } from '../redact/contract.js';
import type { DESTINATIONS } from '../risk/destinations.js';
import { required, type Fields, type Values } from '../settings/field.js';
import { SETTINGS, type boxSchema } from '../settings/fields.js';

/** Longer side of the picture that the page shows, in pixels; the shapes are still in pixels of the photo. */
export const PREVIEW_SIDE = 1600;
/** A page that says nothing for so long is closed: its photos are dropped. Milliseconds. */
export const ALIVE_EVERY = 15_000;
export const DEAD_AFTER = 60_000;
/** Characters that a reason for an override needs at least. */
export const LEAST_REASON = 10;

const point = z.tuple([z.number(), z.number()]);
const kind = z.enum(DETECTION_KINDS);
export { EXTENTS, STYLE_IDS };

/** A region that will be covered. */
export const shapeSchema = z.strictObject({
  /** Of the page's choice for what a person drew; "auto-N" for what the tool found. */
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** What is under it; of a person's shape what he says, "other" included. */
  kinds: z.array(z.union([kind, z.literal('other')])).check(z.minLength(1), z.maxLength(5)),
  /** Corners in order; a shape that is not convex is covered as far as its convex hull. */
  polygon: z.array(point).check(z.minLength(3), z.maxLength(256)),
});
export type Shape = z.infer<typeof shapeSchema>;

/** Everything a person decides about a photo: settings, the shapes, and the caption as a text. */
export const EDIT_FIELDS = {
  shapes: {
    schema: z.array(shapeSchema).check(z.maxLength(500)),
    expected: 'shapes with an id, kinds and a polygon',
    doc: 'All that will be covered, in full',
    isPrivate: true,
  },
  /** The lesion: never covered by itself; a shape over it stays until the person takes it away. */
  keep: required(SETTINGS.keep),
  cropToKeep: required(SETTINGS.cropToKeep),
  style: required(SETTINGS.style),
  /** How far what the tool finds is covered; a shape that a person changed stays as it is. */
  extent: required(SETTINGS.extent),
  destination: required(SETTINGS.destination),
  /** Kinds of which the person says to have looked: the photo shows none that is not covered. */
  attestNone: required(SETTINGS.attestNone),
  caption: {
    schema: z.string().check(z.maxLength(20_000)),
    expected: 'a text of at most 20000 characters',
    doc: 'Text that goes with the photo; checked, never stored',
    isPrivate: true,
  },
} as const satisfies Fields;
export type Edit = Values<typeof EDIT_FIELDS>;

/** Why the risk is what it is. `id` is in docs/RISK.md. */
export interface Reason extends Finding {
  /** 0–1. */
  readonly probability: number;
}

/** What was found in the file beside its pixels. Values go to the page only and are kept nowhere. */
export interface MetadataSummary {
  /** Degrees, north and east positive. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
  /** As the file has it, "2024-03-14T10:02:11". */
  readonly taken?: string;
  readonly device?: string;
  /** How many identifying fields there are of each group. */
  readonly groups: Readonly<Partial<Record<MetadataGroup, number>>>;
}

/** A photo that is open in the page. */
export interface PhotoView {
  readonly id: string;
  /** Of the upright photo. */
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** "quick": a thorough look goes on, and what is known is of an earlier one or of a small copy; shapes may still change. */
  readonly state: 'quick' | 'ready';
  /** Thorough looks that are done: one more when the photo will be published larger than it was looked at. */
  readonly looks: number;
  /** With what the photo was opened: of a batch, what its run was given, and the kept regions beside the photo. */
  readonly opened: Pick<Edit, 'style' | 'extent' | 'destination' | 'keep' | 'cropToKeep'>;
  /** What the tool would cover: the whole list, new with every state and with every change of `keep` and `extent`. */
  readonly autoShapes: readonly Shape[];
  /** Single features of a face that the last edit leaves open, and what would cover each. */
  readonly openFeatures: readonly { readonly feature: FaceFeature; readonly polygon: Shape['polygon'] }[];
  /** What `cropToKeep` leaves of the photo; absent when that is all of it. */
  readonly crop?: z.infer<typeof boxSchema>;
  readonly metadata: MetadataSummary;
  /** What the tool could not look at, and why. */
  readonly notExamined: readonly { readonly kind: DetectionKind; readonly reason: Finding }[];
  readonly risk: RiskView;
}

/** The score as far as it is known without writing the photo; the full check may say more. */
export interface RiskView {
  /** 0–1. */
  readonly before: number;
  readonly after: number;
  /** What the chosen destination accepts. */
  readonly most: number;
  readonly reasonsBefore: readonly Reason[];
  readonly reasonsAfter: readonly Reason[];
  /** What in the caption leads to a person: UTF-16 positions. */
  readonly caption: readonly { readonly class: string; readonly start: number; readonly length: number }[];
}

/** The answer of the full check: the photo was written, read again and attacked, in memory. */
export interface CheckView {
  readonly outcome: 'cleared' | 'review' | 'refused';
  /** What a person has to do to let it out: look at it, give a reason; "never": the written file has a fault. */
  readonly asks: 'nothing' | 'look' | 'reason' | 'never';
  /** Empty when cleared. */
  readonly reasons: readonly Finding[];
  readonly risk: RiskView;
  readonly checks: readonly { readonly check: string; readonly status: string; readonly details: Finding }[];
  /** Shares 0–1, absent where it could not be measured. */
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

/** A reason for letting a photo out against the gate, typed by the person. Recorded. */
const override = {
  overrideReason: z.optional(z.string().check(z.minLength(LEAST_REASON), z.maxLength(1000))),
  /** The person was shown what in the reason leads to somebody (`ReasonView`), and wants it recorded all the same. */
  reasonConfirmed: z.optional(z.literal(true)),
};
export interface Override {
  readonly overrideReason?: string | undefined;
  readonly reasonConfirmed?: true | undefined;
}

/** A reason, before it is given. */
export const reasonSchema = z.strictObject({ reason: z.string().check(z.maxLength(1000)) });
/** What in it leads to a person: UTF-16 positions. */
export interface ReasonView {
  readonly found: RiskView['caption'];
}

/** Saving: without an override only what is cleared, or, where a person has to look, what he has looked at. */
export const saveSchema = z.strictObject({
  /** The person has looked at the result: enough for "review" whose reasons ask to look. */
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
  /** Remaining, 0–1. */
  readonly risk: number;
  readonly width: number;
  readonly height: number;
  /** Whether the original can still be opened to change what is covered. */
  readonly canEdit: boolean;
  /** What a person has to do to accept it as it is. */
  readonly asks: CheckView['asks'];
  /** Of whom decided. */
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
  /** Needed to accept what the gate would not let pass after a person has looked. */
  ...override,
  /** An open photo (`PhotoView.id`) of this entry whose changes are accepted with it. */
  edited: z.optional(z.string()),
});
export type DecisionRequest = z.infer<typeof decisionSchema>;

/** What the page needs to know at its start. */
export interface SessionView {
  readonly version: string;
  /** Whether a finished batch is reviewed. */
  readonly hasBatch: boolean;
  readonly destinations: readonly { readonly id: (typeof DESTINATIONS)[number]; readonly mostRisk: number }[];
  readonly maxBytes: number;
}

/** Every answer that is no success. */
export interface ApiError {
  /**
   * An error code of the project, or what is wrong with the call: "bad-request", "busy" (too many uploads), "forbidden",
   * "nothing-here", "used" (the secret with which a session was to begin), "reason-identifies" (see `Override`). The photo is not held any more: "gone" (since an earlier call), "crashed" and "stopped" (in this one;
   * other photos that were held are gone too).
   */
  readonly code: string;
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
