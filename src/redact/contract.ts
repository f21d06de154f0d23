import type { DetectionKind, Redaction } from '../core/detection.js';
import type { Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { Mask } from '../imaging/rasterise.js';

/** How much around a detection is covered; "usual" is what was measured, and nothing is narrower. "wide" covers single features of a face too. */
export const EXTENTS = ['usual', 'wide'] as const;
export type Extent = (typeof EXTENTS)[number];

export const STYLE_IDS = ['blur', 'pixelate', 'solid'] as const;

/** A way of covering. `apply` changes pixels in place, inside the polygon only, and leaves alpha opaque there. */
export interface RedactionStyle {
  readonly id: (typeof STYLE_IDS)[number];
  /** One line for --help. */
  readonly description: string;
  /**
   * @param mask one byte per pixel of the redaction's bounding box cut to the image (row by row), 255 inside
   * @param random uniform in [0, 1); cryptographic in use, seeded in tests
   */
  apply(image: PixelImage, redaction: Redaction, mask: Mask, random: () => number): void;
}

/** What the user wants to stay visible, in upright source pixels. */
export interface RedactionPolicy {
  readonly keep: readonly Box[];
  /** Lets a kept region win over a face too. */
  readonly allowFaceInKeep: boolean;
  /** Absent: "usual". */
  readonly extent?: Extent;
}

/** A detection that met a kept region, for the ledger and the risk. */
export interface KeptBack {
  readonly kind: DetectionKind;
  /** True when a part of it stays visible; false when the detection won and covers a part of the kept region. */
  readonly shown: boolean;
  /** Of what was detected, less any margin, what lies in kept regions; 0–1. */
  readonly share: number;
  /** In plain words. */
  readonly reason: string;
}

export interface RedactionPlan {
  readonly redactions: readonly Redaction[];
  readonly keptBack: readonly KeptBack[];
}
