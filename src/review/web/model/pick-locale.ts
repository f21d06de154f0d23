import type { Language } from '../../../core/language.js';

/** The locale for dates and numbers: the reader's regional form of the language, if their browser names one. */
export function pickLocale(wanted: readonly string[], language: Language): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
