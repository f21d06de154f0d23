import type { ProcessedImage } from '../../pipeline/process-image.js';
import type { Save } from '../api.js';

/**
 * Checks whose finding no person may talk away: what they find is a fault of the written file, not a matter of what it
 * shows.
 */
const FAULTS: readonly string[] = [
  'container-walk',
  'metadata-reread',
  'dimensions-match',
  'jpeg-fingerprint',
  'pixels-under-redactions',
];

/** Whether the photo may be let out: it was cleared, or somebody has done what the gate asks for. */
export function mayLeave(
  { decision, checks }: Pick<ProcessedImage, 'decision' | 'checks'>,
  { hasLooked, overrideReason }: Save,
): boolean {
  if (decision.outcome === 'cleared') return true;
  if (decision.outcome === 'review' && decision.lookingIsEnough && hasLooked) return true;
  const isFaulty = checks.some(({ check, status }) => FAULTS.includes(check) && status !== 'not-found');
  return overrideReason !== undefined && !isFaulty;
}
