import type { CheckResult } from '../verify/contract.js';
import type { Decision } from './gate.js';

/**
 * Checks whose finding no person may talk away: what they find is a fault of the written file, not a matter of what it
 * shows.
 */
const FAULTS: readonly string[] = [
  'container-walk',
  'metadata-reread',
  'dimensions-match',
  'jpeg-fingerprint',
  'encoding-proof',
  'pixels-under-redactions',
];

/** What a person has to do to let a photo out: look at it, give a reason; "never": the written file has a fault. */
export type Ask = 'nothing' | 'look' | 'reason' | 'never';

/** What was decided of a photo, and what decided it. */
interface Decided {
  readonly decision: Decision;
  readonly checks: readonly CheckResult[];
}

/** What somebody did about it. */
export interface Answer {
  readonly hasLooked: boolean;
  readonly overrideReason?: string | undefined;
}

/** What a person has to do to let the photo out. */
export function askOf({ decision, checks }: Decided): Ask {
  if (decision.outcome === 'cleared') return 'nothing';
  if (decision.outcome === 'review' && decision.lookingIsEnough) return 'look';
  return checks.some(({ check, status }) => FAULTS.includes(check) && status !== 'not-found')
    ? 'never'
    : 'reason';
}

/** Whether the photo may be let out: it was cleared, or somebody has done what the gate asks for. */
export function mayLeave(decided: Decided, { hasLooked, overrideReason }: Answer): boolean {
  const ask = askOf(decided);
  if (ask === 'nothing') return true;
  return (ask === 'look' && hasLooked) || (ask !== 'never' && overrideReason !== undefined);
}
