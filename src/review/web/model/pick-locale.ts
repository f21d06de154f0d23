import type { Language } from '../../../core/language.js';

/** How the reader writes dates and numbers: the regional form of a language, where they name one. */
export function pickLocale(wanted: readonly string[], language: Language): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
