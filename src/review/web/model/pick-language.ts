export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first of the reader's languages that the page speaks; English when it speaks none. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

/** How the reader writes dates and numbers: the regional form of a language, where he names one. */
export function pickLocale(wanted: readonly string[], language: Language): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
