import { ERROR_FINDINGS, ERROR_PART_FINDINGS, PLAIN_ERROR_FINDINGS } from '../core/error-tables/index.js';
import { none, type FindingTable, type Speaker, type WordsOf } from '../core/finding.js';
import type { Language } from '../core/language.js';
import { CHECKS, COMMON_FINDINGS, COMMON_WORDS } from '../verify/declarations.js';
import { FOUND, type Vocabulary } from './contract.js';
import { en } from './en.js';
import { fr } from './fr.js';
import { numberFormat } from './number-format.js';
import { percent } from './percent.js';

const VOCABULARIES: Readonly<Record<Language, Vocabulary>> = { en, fr };
const checks = [...CHECKS.values()];

/** The values of every finding that exists, including `check-ID`, the check's factor of the risk. */
export const ALL_FINDINGS: FindingTable = {
  ...FOUND,
  ...COMMON_FINDINGS,
  ...Object.fromEntries(checks.map(({ id }) => [`check-${id}`, none])),
  ...Object.fromEntries(checks.flatMap(({ findings }) => Object.entries(findings))),
};

/**
 * What this version itself says of a photo: no sentences of earlier versions, and of an error its code alone, because
 * other errors, and their parts, may quote what a user wrote.
 */
export const OWN_FINDINGS: FindingTable = Object.fromEntries(
  Object.entries(ALL_FINDINGS).filter(
    ([id]) =>
      id !== 'told' &&
      (Object.hasOwn(PLAIN_ERROR_FINDINGS, id) ||
        !(Object.hasOwn(ERROR_FINDINGS, id) || Object.hasOwn(ERROR_PART_FINDINGS, id))),
  ),
);

/** The words for all findings. */
function wordsIn(language: Language): WordsOf<FindingTable> {
  return {
    ...VOCABULARIES[language].findings,
    ...COMMON_WORDS[language],
    ...Object.fromEntries(checks.map(({ id, words }) => [`check-${id}`, words[language].factor])),
    ...Object.fromEntries(checks.flatMap(({ words }) => Object.entries(words[language].findings))),
  } as WordsOf<FindingTable>;
}

const WORDS: Readonly<Record<Language, WordsOf<FindingTable>>> = { en: wordsIn('en'), fr: wordsIn('fr') };

/** @param locale how numbers are written: the language's regional form, such as "fr-CA" */
export function speakerOf(language: Language, locale: string = language): Speaker {
  const { kinds, places, unknown } = VOCABULARIES[language];
  const words = WORDS[language];
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const list = (items: readonly string[]) => lists.format(items);
  const speaker: Speaker = {
    number: (value, digits = 0) => numberFormat(locale, 'decimal', digits, digits).format(value),
    percent: (share, other) => percent(share, locale, other),
    list,
    places: (where) => list(where.map((place) => places[place])),
    kind: (kind) => kinds[kind],
    check: (id) => CHECKS.get(id)?.words[language].name ?? id,
    say: ({ id, values }) => {
      const said = Object.hasOwn(words, id) ? words[id] : undefined;
      if (said === undefined) return unknown(id);
      const parsed = ALL_FINDINGS[id]?.safeParse(values);
      if (!parsed?.success) return unknown(id);
      return typeof said === 'string' ? said : said(parsed.data, speaker);
    },
  };
  return speaker;
}
