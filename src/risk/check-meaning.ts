import type { CheckResult, Consequence } from '../verify/contract.js';
import { CHECKS, isDeclared } from '../verify/declarations.js';
import type { Destination } from './destinations.js';

/** What follows when a check finds something. @param check the check's id; one that nobody has declared refuses */
export function consequenceOf(check: string, destination: Destination): Consequence {
  const consequence = CHECKS.get(check)?.consequence ?? 'refuse';
  return typeof consequence === 'string' ? consequence : consequence[destination];
}

/** Whether a file is thrown away for what a check says, whatever the others say: also for what nobody has declared. */
export function isRefused(result: CheckResult, destination: Destination): boolean {
  if (!isDeclared(result)) return true;
  return result.status === 'found' && consequenceOf(result.check, destination) === 'refuse';
}
