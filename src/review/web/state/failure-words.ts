import { wordsOf } from '../model/gate-words.js';
import { language, t } from '../strings/index.js';
import { ApiFailure } from './api-client.js';

/** What went wrong, in the reader's language where it has words for it. */
export function failureWords(error: unknown): string {
  if (!(error instanceof ApiFailure)) return t.errors.unknown;
  if (error.status === 0) return t.errors.offline;
  const known = wordsOf(t.errors.codes, error.code);
  if (known !== undefined) return known;
  if (error.status === 410) return t.errors.originalGone;
  // The server's own words say more than none, but they are English.
  return language === 'en' && error.message !== '' ? error.message : t.errors.unknown;
}

/** A call that the page itself ended is no failure. */
export const wasCancelled = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';

/** The server does not hold the photo any more: see src/review/api.ts. */
export const isPhotoLost = (error: unknown): boolean =>
  error instanceof ApiFailure && ['gone', 'crashed', 'stopped'].includes(error.code);
