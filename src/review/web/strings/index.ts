import { pickLanguage, type Language } from '../../../core/language.js';
import { speakerOf } from '../../../words/speaker.js';
import { pickLocale } from '../model/pick-locale.js';
import { en, type Strings } from './en.js';
import { fr } from './fr.js';

export const STRINGS: Readonly<Record<Language, Strings>> = { en, fr };

/** The language of this page, chosen once from the browser's settings. */
export const language = pickLanguage(navigator.languages);
export const locale = pickLocale(navigator.languages, language);
/** The words of this page. */
export const t = STRINGS[language];
/** Says what the tool found, in this page's language. */
export const speaker = speakerOf(language, locale);
