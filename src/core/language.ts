/** The languages of this tool. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first of the reader's languages that this tool speaks; English when it speaks none. @param wanted as "fr-CA" or "fr_CA.UTF-8" */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split(/[-_.@]/)[0] === language);
    if (found) return found;
  }
  return 'en';
}
