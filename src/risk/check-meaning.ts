import type { CheckResult } from '../verify/contract.js';
import type { DestinationProfile } from './destinations.js';

/**
 * What follows when a check finds something: the file is thrown away (`refuse`); a person has to look (`look`), because a
 * word, a face or a code may tell nothing; or it only counts in the score (`count`).
 */
export type Consequence = 'refuse' | 'look' | 'count';

/** What a person can judge by looking at the photo. */
const FOR_A_PERSON: readonly string[] = [
  'face-match',
  'uncovered-face',
  'uncovered-tattoo',
  'legible-text',
  'uncovered-text',
  'legible-code',
];

/** What can be said of one photo only with the very original at hand. */
const ONLY_COUNTS: readonly string[] = ['same-crop-hash'];

/** @param check the check's id; one that is not known here is refused */
export function consequenceOf(
  check: string,
  { suppressesNoise }: Pick<DestinationProfile, 'suppressesNoise'>,
): Consequence {
  if (check === 'sensor-noise') return suppressesNoise ? 'look' : 'count';
  if (ONLY_COUNTS.includes(check)) return 'count';
  return FOR_A_PERSON.includes(check) ? 'look' : 'refuse';
}

/** Whether a file is thrown away for what a check found, whatever the others say. */
export function isRefused({ check, status }: CheckResult, profile: DestinationProfile): boolean {
  return status === 'found' && consequenceOf(check, profile) === 'refuse';
}
