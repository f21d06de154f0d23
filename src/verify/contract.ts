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
  /** What was found or not: a finding from the check's declaration or from `COMMON_FINDINGS`. */
  readonly details: Finding;
}

/**
 * What follows when a check finds something: the file is thrown away (`refuse`); a person has to look (`review`),
 * because a word, a face or a code may give nothing away; or it only counts in the score (`count`).
 */
export type Consequence = 'refuse' | 'review' | 'count';

/** All that the rest of the tool knows about a check. It is in the check's folder, and light enough for a page. */
export interface CheckDeclaration<T extends FindingTable = FindingTable> {
  /** The name of its folder. */
  readonly id: string;
  readonly consequence: Consequence | Readonly<Record<Destination, Consequence>>;
  /** Whether a person may let a photo out despite a finding or without an answer; not when the file itself is wrong. */
  readonly mayOverride: boolean;
  /** How likely a finding alone leads to the patient: the row `check-ID` of docs/RISK.md. */
  readonly factor: FactorFacts;
  readonly findings: T;
  readonly words: Readonly<Record<Language, CheckWords<T>>>;
}

/** What one language says about a check. */
export interface CheckWords<T extends FindingTable = FindingTable> {
  /** What it looks for: "Face still to be seen". */
  readonly name: string;
  /** Why a finding raises the risk: "A face is still to be seen". */
  readonly factor: string;
  readonly findings: WordsOf<T>;
}

/** Checks a declaration's types: the words that it names give the types of its values. */
export function declareCheck<const T extends FindingTable>(
  declaration: CheckDeclaration<T>,
): CheckDeclaration<T> {
  return declaration;
}

/** A written file and what it was made from. */
export interface StagedFile {
  /** The bytes that a fresh read of the staged file returned. */
  readonly staged: Uint8Array;
  /** The format of the staged file. */
  readonly format: ImageFormatPlugin;
  /** The photo as it was read. */
  readonly original: DecodedImage;
  /** The part of it that is published, at its own size. */
  readonly cropped: DecodedImage;
  /** That part in the geometry in which it is published; the redactions were applied to it. */
  readonly source: DecodedImage;
  /** What was detected, in pixels of `source`, per frame. */
  readonly detections: readonly (readonly Detection[])[];
  /** What was covered, in pixels of `source`, per frame. */
  readonly redactions: readonly (readonly Redaction[])[];
  readonly limits: Limits;
}

/** What a check sees: the staged file and its decoded pixels, or why they could not be decoded. */
export interface VerifySubject extends StagedFile {
  readonly output?: DecodedImage;
  readonly outputError?: SerializedError;
}

/** One attacker: looks for one kind of leftover in the written file. If it throws, the result is `could-not-tell`. */
export interface Check {
  /** The id in its declaration. */
  readonly id: string;
  run(subject: VerifySubject): Promise<CheckResult>;
}
