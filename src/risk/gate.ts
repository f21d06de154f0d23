import type { CheckResult } from '../verify/contract.js';
import type { NotExamined } from './evidence.js';
import type { RiskScore } from './score.js';

/** Who will see the photo. */
export const DESTINATIONS = ['public', 'network', 'teledermatology'] as const;
export type Destination = (typeof DESTINATIONS)[number];

/**
 * The highest residual risk per destination, 0–1. 0.09 is what EMA Policy 0070 and Health Canada's PRCI guidance accept
 * for data made public (one in eleven); 0.2 and 0.33 (one in five, one in three) are usual for named recipients bound
 * by agreement: El Emam and Arbuckle, Anonymizing Health Data, 2013; IOM, Sharing Clinical Trial Data, 2015, app. B.
 */
export const MOST_RISK: Readonly<Record<Destination, number>> = {
  public: 0.09,
  network: 0.2, // doctors only, behind a login
  teledermatology: 0.33, // the patient's own doctors
};

/** A photo that is covered further than this hardly shows its lesion any more. */
const MOST_COVERED = 0.5;

/** What these checks find, a person can judge: a word or a code that can be read may tell nothing. All else is refused. */
const FOR_A_PERSON: readonly string[] = ['legible-text', 'uncovered-text', 'legible-code'];

/** All that the decision depends on, beside the destination. */
export interface GateEvidence {
  readonly score: RiskScore;
  readonly checks: readonly CheckResult[];
  readonly notExamined: readonly NotExamined[];
  /** Of all pixels, 0–1. */
  readonly coveredShare: number;
}

export interface Decision {
  readonly outcome: 'cleared' | 'review' | 'refused';
  /** In plain words; empty when cleared. */
  readonly reasons: readonly string[];
}

/**
 * Refuses what a check found unclean; sends to review what is unknown, too risky or of no use any more; clears the rest.
 * A number that is not one, a check without an answer or no check at all never clears.
 */
export function decide(
  { score, checks, notExamined, coveredShare }: GateEvidence,
  destination: Destination,
): Decision {
  const found = checks.filter(({ check, status }) => status === 'found' && !FOR_A_PERSON.includes(check));
  if (found.length > 0) {
    return { outcome: 'refused', reasons: found.map(({ check, details }) => `${check}: ${details}`) };
  }
  const reasons: string[] = [];
  if (checks.length === 0) reasons.push('The written file was not checked');
  for (const { check, status, details } of checks) {
    if (status !== 'not-found') reasons.push(`${check}: ${details}`);
  }
  for (const { reason, attested } of notExamined) if (!attested) reasons.push(reason);
  if (!(coveredShare <= MOST_COVERED)) {
    reasons.push(
      `${Math.round(coveredShare * 100)} % of the photo is covered: look whether it still shows the lesion`,
    );
  }
  const most = MOST_RISK[destination];
  if (!(score.after <= most)) {
    reasons.push(
      `The remaining risk is ${score.after.toFixed(2)}; at most ${most} is accepted for "${destination}"`,
    );
  }
  return { outcome: reasons.length > 0 ? 'review' : 'cleared', reasons };
}
