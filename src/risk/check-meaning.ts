import type { CheckResult, Consequence } from '../verify/contract.js';
import { CHECKS, isDeclared } from '../verify/declarations.js';
import type { Destination } from './destinations.js';

/** What follows when a check finds something. @param check the check's id; an undeclared check refuses the photo */
export function consequenceOf(check: string, destination: Destination): Consequence {
  const consequence = CHECKS.get(check)?.consequence ?? 'refuse';
  return typeof consequence === 'string' ? consequence : consequence[destination];
}

/** Whether one check's result alone makes the tool discard the file; an undeclared result always does. */
export function isRefused(result: CheckResult, destination: Destination): boolean {
  if (!isDeclared(result)) return true;
  return result.status === 'found' && consequenceOf(result.check, destination) === 'refuse';
}
