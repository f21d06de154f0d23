import type { CaptionMention } from '../core/caption.js';
import type { ContextFinding } from '../core/context.js';
import type { Detection, DetectionKind, Redaction } from '../core/detection.js';
import type { NotExaminedFinding } from '../core/findings.js';
import type { MetadataFinding } from '../core/metadata.js';
import type { KeptBack } from '../redact/contract.js';
import type { CheckResult } from '../verify/contract.js';
import type { OpenFace } from './open-faces.js';
import type { OpenFeature } from './open-features.js';

/** Something that was not looked for, wholly or in part. */
export interface NotExamined {
  readonly kind: DetectionKind;
  readonly reason: NotExaminedFinding;
  /** True when the user has said that they looked themselves and the photo shows none. */
  readonly attested: boolean;
}

/** Everything that the score may depend on. */
export interface RiskEvidence {
  /** From the source. */
  readonly metadata: readonly MetadataFinding[];
  /** Of all frames; repeats do no harm. */
  readonly detections: readonly Detection[];
  /** Per frame. */
  readonly redactions: readonly (readonly Redaction[])[];
  readonly keptBack: readonly KeptBack[];
  readonly notExamined: readonly NotExamined[];
  /** Kinds of which a person who sees what is covered states that no other shows. */
  readonly looked?: readonly DetectionKind[];
  /** Single features of a face that stay open, in the geometry in which the photo is published. */
  readonly openFeatures: readonly OpenFeature[];
  /** Faces of which something is left, of all frames. */
  readonly openFaces: readonly OpenFace[];
  /** What the caption gives away; also empty when there is no caption. */
  readonly caption: readonly CaptionMention[];
  /** What surrounds the lesion in the written photo. */
  readonly context: readonly ContextFinding[];
  /**
   * Checks of the written file; empty when nothing was checked, which counts as a very high risk afterwards. "to-come":
   * a person is still working on the photo, and the score is what it will be if the checks find nothing.
   */
  readonly checks: readonly CheckResult[] | 'to-come';
}
