import type { Language } from '../core/language.js';
import { helpEn, type HelpWords } from './help-en.js';
import { helpFr } from './help-fr.js';

export type { HelpWords } from './help-en.js';
/** Apart from all other words, because the command line needs them before anything else is loaded. */
export const HELP_WORDS: Readonly<Record<Language, HelpWords>> = { en: helpEn, fr: helpFr };
