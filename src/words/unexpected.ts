import type { Language } from '../core/language.js';

/** Apart from all other words: loaded before anything that could fail. @param what such as "TypeError, cli/main.js:3" */
export const UNEXPECTED: Readonly<Record<Language, (what: string) => string>> = {
  en: (what) => `image-deid: An unexpected error arose (${what})`,
  fr: (what) => `image-deid : Une erreur inattendue s’est produite (${what})`,
};
