import { signal } from '@preact/signals';
import { LANGUAGES, pickLanguage, type Language } from '../../../core/language.js';
import { speakerOf } from '../../../words/speaker.js';
import { pickLocale } from '../model/pick-locale.js';
import { en, type Strings } from './en.js';
import { fr } from './fr.js';

export const STRINGS: Readonly<Record<Language, Strings>> = { en, fr };
/** The tab keeps a language that was chosen in it, also when the page is reloaded. */
const KEPT_AS = 'image-deid-language';
const kept = sessionStorage.getItem(KEPT_AS);

/** The language of this page: the browser's, until a person chooses the other one. */
export const language = signal(LANGUAGES.find((each) => each === kept) ?? pickLanguage(navigator.languages));
export let locale = pickLocale(navigator.languages, language.value);
/** Says what the tool found, in this page's language. */
export let speaker = speakerOf(language.value, locale);
/** The words of this page; whoever reads one is drawn anew when the language changes. */
export const t: Strings = new Proxy(en, {
  get: (_, name) => STRINGS[language.value][name as keyof Strings],
});

export function setLanguage(chosen: Language): void {
  sessionStorage.setItem(KEPT_AS, chosen);
  locale = pickLocale(navigator.languages, chosen);
  speaker = speakerOf(chosen, locale);
  language.value = chosen;
}
