import type { DetectionKind } from '../core/detection.js';
import type { WordsOf } from '../core/finding.js';
import {
  ERROR_FINDINGS,
  FACTOR_FINDINGS,
  GATE_FINDINGS,
  NOT_EXAMINED_FINDINGS,
  PLAN_FINDINGS,
  REMEDY_FINDINGS,
  TOLD_FINDINGS,
  VERIFY_FINDINGS,
} from '../core/findings.js';
import type { Place } from '../core/place.js';

/** Every finding whose words are here; those of a check are in the check's folder. */
export const FOUND = {
  ...GATE_FINDINGS,
  ...PLAN_FINDINGS,
  ...REMEDY_FINDINGS,
  ...NOT_EXAMINED_FINDINGS,
  ...FACTOR_FINDINGS,
  ...ERROR_FINDINGS,
  ...VERIFY_FINDINGS,
  ...TOLD_FINDINGS,
} as const;
export type FoundWords = WordsOf<typeof FOUND>;

/** The words of one language. */
export interface Vocabulary {
  readonly findings: FoundWords;
  /** As in the middle of a sentence: "face". */
  readonly kinds: Readonly<Record<DetectionKind, string>>;
  readonly places: Readonly<Record<Place, string>>;
  /** @param id of a finding without words here: another version's, or one whose values are not what they should be */
  readonly unknown: (id: string) => string;
}
