import type { ContextFinding } from '../core/context.js';
import type { Detection, DetectionKind } from '../core/detection.js';
import type { NotExaminedFinding } from '../core/findings.js';
import type { PixelImage } from '../core/image.js';
import type { ModelIdentity } from '../models/model-store.js';

export type { ModelIdentity };

/** What a detector saw and what it could not see. A failure throws; it never gives an empty result. */
export interface Examination {
  readonly detections: readonly Detection[];
  /** Why some or all of the photo was not examined; empty when everything was. */
  readonly notExamined: readonly NotExaminedFinding[];
  /** Signs of the kind were seen, but nothing that counts; in a photo that is hardly to be seen, that is a reason to ask. */
  readonly isSuspected?: boolean;
}

/** Whether a line of text, as it was read, may stay visible. */
export type MayStay = (text: string) => boolean;

/**
 * Looks for one kind of thing. Outside the contract: growing and merging (src/redact/plan.ts) beyond what the
 * detector's own geometry needs, and deciding what happens (src/risk/gate.ts).
 */
export interface Detector {
  readonly id: string;
  readonly kind: DetectionKind;
  /** Ids in models/manifest.json. */
  readonly models: readonly string[];
  /** Loads and checks the models once; called before the first examination. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
  load(): Promise<readonly ModelIdentity[]>;
  /**
   * @param mayStay which text need not be covered; asked only about lines that were read with confidence
   * @throws {ImageDeidError} detector-failed
   */
  examine(image: PixelImage, mayStay?: MayStay): Promise<Examination>;
}

/**
 * Looks at what surrounds a lesion, for the risk score. It redacts nothing, and a photo in which it finds nothing is
 * not thereby safe: no bundled model sees jewellery, badges, windows or views.
 */
export interface ContextScout {
  readonly models: readonly ModelIdentity[];
  /**
   * @param image the photo as it is published
   * @param detections what the detectors found in it
   * @throws {ImageDeidError} detector-failed
   */
  look(image: PixelImage, detections: readonly Detection[]): Promise<ContextFinding[]>;
}
