import type { Box, Polygon } from './geometry.js';

/** What can be found in pixels. */
export const DETECTION_KINDS = ['face', 'tattoo', 'text', 'code'] as const;
export type DetectionKind = (typeof DETECTION_KINDS)[number];

/** What a piece of text looks like; what it says is never kept. */
export const TEXT_CLASSES = [
  'name',
  'date',
  'phone',
  'email',
  'identifier',
  'address',
  'number',
  'other',
] as const;
export type TextClass = (typeof TEXT_CLASSES)[number];

/** The parts of a face that are looked for one by one. */
export const FACE_FEATURES = ['eye', 'nose', 'mouth', 'ear'] as const;
export type FaceFeature = (typeof FACE_FEATURES)[number];

export interface Detection {
  readonly kind: DetectionKind;
  /** Only for faces: a single feature with no face around it. Mostly the photo is about it: only "wide" covers it. */
  readonly feature?: FaceFeature;
  readonly box: Box;
  /** Convex; in upright source pixels; may reach beyond the image. */
  readonly polygon: Polygon;
  /** 0–1; not calibrated unless the model's card says so. */
  readonly score: number;
  /** The detector's id. */
  readonly detector: string;
  /** Only for text that could be read. */
  readonly textClass?: TextClass;
  /** Only for text that the user allows to stay: it is not covered. */
  readonly allowed?: true;
}

/** A region that will be made unrecognisable. */
export interface Redaction {
  readonly kinds: readonly DetectionKind[];
  readonly box: Box;
  /** Convex, clipped to the image. */
  readonly polygon: Polygon;
}
