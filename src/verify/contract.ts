import type { Detection, Redaction } from '../core/detection.js';
import type { SerializedError } from '../core/errors.js';
import type { DecodedImage } from '../core/image.js';
import type { Limits } from '../core/limits.js';
import type { ImageFormatPlugin } from '../formats/contract.js';

/** `found`: something is left over. `could-not-tell`: the check gave no answer, which is never a pass. */
export type CheckStatus = 'not-found' | 'found' | 'could-not-tell';

export interface CheckResult {
  /** The check's id. */
  readonly check: string;
  readonly status: CheckStatus;
  /** In plain words; never a value, a text or a name from a photo. */
  readonly details: string;
}

/** A written file and what it was made from. */
export interface StagedFile {
  /** As a fresh read from where it was staged returned it. */
  readonly staged: Uint8Array;
  /** Of the staged file. */
  readonly format: ImageFormatPlugin;
  /** The photo as it was read. */
  readonly original: DecodedImage;
  /** The part of it that is published, at its own size. */
  readonly cropped: DecodedImage;
  /** The same in the geometry in which it is published; what was redacted. */
  readonly source: DecodedImage;
  /** What was seen, in pixels of `source`, per frame. */
  readonly detections: readonly (readonly Detection[])[];
  /** In pixels of `source`, per frame. */
  readonly redactions: readonly (readonly Redaction[])[];
  readonly limits: Limits;
}

/** What a check sees: the staged file and its decoded pixels, or why they could not be decoded. */
export interface VerifySubject extends StagedFile {
  readonly output?: DecodedImage;
  readonly outputError?: SerializedError;
}

/** One attacker: looks for one kind of leftover in the written file. What it throws becomes `could-not-tell`. */
export interface Check {
  readonly id: string;
  run(subject: VerifySubject): Promise<CheckResult>;
}
