import type { ProcessedImage } from '../../pipeline/process-image.js';
import type { CheckView, Save } from '../api.js';

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

type Done = Pick<ProcessedImage, 'decision' | 'checks'>;

/** What a person has to do to let the photo out. */
export function askOf({ decision, checks }: Done): CheckView['asks'] {
  if (decision.outcome === 'cleared') return 'nothing';
  if (decision.outcome === 'review' && decision.lookingIsEnough) return 'look';
  return checks.some(({ check, status }) => FAULTS.includes(check) && status !== 'not-found')
    ? 'never'
    : 'reason';
}

/** Whether the photo may be let out: it was cleared, or somebody has done what the gate asks for. */
export function mayLeave(done: Done, { hasLooked, overrideReason }: Save): boolean {
  const ask = askOf(done);
  if (ask === 'nothing') return true;
  return (ask === 'look' && hasLooked) || (ask !== 'never' && overrideReason !== undefined);
}
