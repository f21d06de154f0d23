import type { ContextFinding } from '../core/context.js';
import type { Detection, DetectionKind } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';
import type { ModelIdentity } from '../models/model-store.js';

export type { ModelIdentity };

/** What a detector saw and what it could not see. Never an empty result for a failure: a failure throws. */
export interface Examination {
  readonly detections: readonly Detection[];
  /** Why some or all of the photo was not examined, in plain words; empty when everything was. */
  readonly notExamined: readonly string[];
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
   * @param mayStay what of the text need not be covered; asked only of lines that were read with confidence
   * @throws {ImageDeidError} detector-failed
   */
  examine(image: PixelImage, mayStay?: MayStay): Promise<Examination>;
}

/**
 * Looks at what surrounds a lesion, for the score of risk. It redacts nothing, and a photo in which it finds nothing is not
 * thereby safe: see UNSEEN_CONTEXT in src/core/context.ts.
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
