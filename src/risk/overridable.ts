import { isOf, type Finding, type FindingTable } from '../core/finding.js';
import { GATE_FINDINGS, NOT_EXAMINED_FINDINGS, TOLD_FINDINGS } from '../core/findings.js';
import type { CheckResult } from '../verify/contract.js';
import { CHECKS, COMMON_FINDINGS, isDeclared } from '../verify/declarations.js';
import type { Decision } from './gate.js';

/**
 * What a person has to do to let a photo out: look at it, or give a reason. "never": the written file has a fault, or
 * something was said about it that this version does not know.
 */
export type Ask = 'nothing' | 'look' | 'reason' | 'never';

/** What was decided about a photo, and the checks behind the decision. */
interface Decided {
  readonly decision: Decision;
  readonly checks: readonly CheckResult[];
}

/** What a person did about it. */
export interface Answer {
  readonly hasLooked: boolean;
  readonly overrideReason?: string | undefined;
}

/** What a person has to do to let the photo out. */
export function askOf({ decision, checks }: Decided): Ask {
  const isKnown = checks.every(isKnownResult) && decision.reasons.every(isKnownReason);
  if (!isKnown) return 'never';
  if (decision.outcome === 'cleared') return 'nothing';
  if (decision.outcome === 'review' && decision.lookingIsEnough) return 'look';
  const isFault = checks.some(
    ({ check, status }) => status !== 'not-found' && !CHECKS.get(check)?.mayOverride,
  );
  return isFault ? 'never' : 'reason';
}

/** Whether the photo may be let out: it was cleared, or a person has done what the gate asks for. */
export function mayLeave(decided: Decided, { hasLooked, overrideReason }: Answer): boolean {
  const ask = askOf(decided);
  if (ask === 'nothing') return true;
  return (ask === 'look' && hasLooked) || (ask !== 'never' && overrideReason !== undefined);
}

/** A record of an earlier version holds a sentence instead of a finding; then it is enough that the check is known. */
function isKnownResult(result: CheckResult): boolean {
  return isDeclared(result) || (CHECKS.has(result.check) && isOf(TOLD_FINDINGS, result.details));
}

const REASONS: readonly FindingTable[] = [
  GATE_FINDINGS,
  NOT_EXAMINED_FINDINGS,
  COMMON_FINDINGS,
  TOLD_FINDINGS,
  ...[...CHECKS.values()].map(({ findings }) => findings),
];

function isKnownReason(reason: Finding): boolean {
  return reason.id !== 'gate/unknown-check' && REASONS.some((table) => isOf(table, reason));
}
