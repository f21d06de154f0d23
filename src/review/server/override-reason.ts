import { checkCaption } from '../../caption/index.js';
import type { Override, ReasonView } from '../api.js';
import { CallError } from './call-error.js';

/** The parts of a typed reason that lead to a person: where they stand, never what they say. */
export function identifiersIn(reason: string): ReasonView['found'] {
  return checkCaption(reason).map(({ class: kind, start, length }) => ({ class: kind, start, length }));
}

/**
 * Comes before anything is done with a reason: it would be recorded exactly as typed, and a ledger is shared.
 * @throws {CallError} reason-identifies, unless the person was told so and wants it recorded all the same
 */
export function assertRecordable({ overrideReason = '', reasonConfirmed }: Override): void {
  if (reasonConfirmed === true || identifiersIn(overrideReason).length === 0) return;
  throw new CallError(
    'reason-identifies',
    'The reason seems to name a person, a date, a place or a contact; it is only recorded when that is confirmed',
  );
}
