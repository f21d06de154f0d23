import type { DetectionKind, Redaction } from '../core/detection.js';
import type { PlanFinding } from '../core/findings.js';
import type { Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { Mask } from '../imaging/rasterise.js';

/**
 * How much around a detection is covered; "usual" was measured and is the least. "wide" also covers single features.
 */
export const EXTENTS = ['usual', 'wide'] as const;
export type Extent = (typeof EXTENTS)[number];

/** What of a face is covered: the whole head, or all of it but skin without a feature. */
export const FACE_COVERS = ['whole', 'features'] as const;
export type FaceCover = (typeof FACE_COVERS)[number];

export const STYLE_IDS = ['blur', 'pixelate', 'solid'] as const;

/** A way of covering. `apply` changes pixels in place, only inside the mask, and makes alpha opaque there. */
export interface RedactionStyle {
  readonly id: (typeof STYLE_IDS)[number];
  /** One line for --help. */
  readonly description: string;
  /**
   * @param kinds what is covered
   * @param mask one byte per pixel of the area's bounding box cut to the image (row by row), 255 inside
   * @param random uniform in [0, 1); cryptographic in use, seeded in tests
   */
  apply(image: PixelImage, kinds: readonly DetectionKind[], mask: Mask, random: () => number): void;
}

/** What the user wants to stay visible, in upright source pixels. */
export interface RedactionPolicy {
  readonly keep: readonly Box[];
  /** Lets a kept region show features of a face too. */
  readonly allowFaceInKeep: boolean;
  /** Absent: "usual". */
  readonly extent?: Extent;
  /** Absent: "whole". */
  readonly faces?: FaceCover;
}

/** A detection that overlaps a kept region, for the ledger and the risk. */
export interface KeptBack {
  readonly kind: DetectionKind;
  /** True when part of the detection stays visible; false when it is covered, and part of the kept region with it. */
  readonly shown: boolean;
  /** The share of what was detected, without any margin, that lies in kept regions; 0–1. */
  readonly share: number;
  readonly reason: PlanFinding;
}

export interface RedactionPlan {
  readonly redactions: readonly Redaction[];
  readonly keptBack: readonly KeptBack[];
}
