import type { Detection, Redaction } from '../core/detection.js';
import type { SerializedError } from '../core/errors.js';
import type { Finding, FindingTable, WordsOf } from '../core/finding.js';
import type { DecodedImage } from '../core/image.js';
import type { Language } from '../core/language.js';
import type { Limits } from '../core/limits.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import type { Destination, FactorFacts } from '../risk/contract.js';

/** `found`: something is left over. `could-not-tell`: the check gave no answer, which is never a pass. */
export type CheckStatus = 'not-found' | 'found' | 'could-not-tell';

export interface CheckResult {
  /** The check's id. */
  readonly check: string;
  readonly status: CheckStatus;
  /** What was found or not: of the check's declaration, or of `COMMON_FINDINGS`. */
  readonly details: Finding;
}

/**
 * What follows when a check finds something: the file is thrown away (`refuse`); a person has to look (`review`), because
 * a word, a face or a code may tell nothing; or it only counts in the score (`count`).
 */
export type Consequence = 'refuse' | 'review' | 'count';

/** All that the rest of the tool knows of a check; it stands in the check's folder, and is light enough for a page. */
export interface CheckDeclaration<T extends FindingTable = FindingTable> {
  /** The name of its folder. */
  readonly id: string;
  readonly consequence: Consequence | Readonly<Record<Destination, Consequence>>;
  /** Whether a person's reason may let a photo out against a finding, or without an answer: not where the file itself is at fault. */
  readonly mayOverride: boolean;
  /** How likely a finding alone leads to the patient: the row `check-ID` of docs/RISK.md. */
  readonly factor: FactorFacts;
  readonly findings: T;
  readonly words: Readonly<Record<Language, CheckWords<T>>>;
}

/** A check in one language. */
export interface CheckWords<T extends FindingTable = FindingTable> {
  /** What it looks for: "Face still to be seen". */
  readonly name: string;
  /** Why a finding raises the risk: "A face is still to be seen". */
  readonly factor: string;
  readonly findings: WordsOf<T>;
}

/** Of a check's own words, the values' types. */
export function declareCheck<const T extends FindingTable>(
  declaration: CheckDeclaration<T>,
): CheckDeclaration<T> {
  return declaration;
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
  /** Of its declaration. */
  readonly id: string;
  run(subject: VerifySubject): Promise<CheckResult>;
}
