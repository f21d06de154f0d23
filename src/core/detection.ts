import type { Box, Polygon } from './geometry.js';

/** What can be found in pixels. */
export const DETECTION_KINDS = ['face', 'tattoo', 'text', 'code'] as const;
export type DetectionKind = (typeof DETECTION_KINDS)[number];

export interface Detection {
  readonly kind: DetectionKind;
  readonly box: Box;
  /** Convex; in upright source pixels; may reach beyond the image. */
  readonly polygon: Polygon;
  /** 0–1, calibrated by nobody yet unless the model's card says so. */
  readonly score: number;
  /** The detector's id. */
  readonly detector: string;
}

/** A region that will be made unrecognisable. */
export interface Redaction {
  readonly kinds: readonly DetectionKind[];
  readonly box: Box;
  /** Convex, clipped to the image. */
  readonly polygon: Polygon;
}
