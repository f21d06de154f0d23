import { entryOf } from '../model/entry-of.js';
import { speaker, t } from '../strings/index.js';
import { ApiFailure } from './api-client.js';

/** What went wrong, in the reader's language if there are words for it. */
export function failureWords(error: unknown): string {
  if (!(error instanceof ApiFailure)) return t.errors.unknown;
  if (error.status === 0) return t.errors.offline;
  if (error.status === 410) return t.errors.originalGone;
  const own = entryOf(t.errors.codes, error.code);
  if (own !== undefined) return own;
  return error.finding === undefined ? t.errors.unknown : `${speaker.say(error.finding)}.`;
}

/** A call that the page itself cancelled is no failure. */
export const wasCancelled = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';

/** The server no longer holds the photo: see src/review/api.ts. */
export const isPhotoLost = (error: unknown): boolean =>
  error instanceof ApiFailure && ['gone', 'crashed', 'stopped'].includes(error.code);
