import type { CaptionClass } from '../core/caption.js';
import { isIban, isNhsNumber, isNir } from './check-digits.js';
import { CITIES, EPONYMS } from './word-lists.js';

/** One way in which something is written. Patterns have no nested repetitions, so that no text makes them slow. */
export interface Pattern {
  readonly class: CaptionClass;
  /** Global. The group `hit`, or else the whole match, is what was found. */
  readonly pattern: RegExp;
  /** Drops what only looks like it. */
  readonly accept?: (hit: string) => boolean;
}

/** A capitalised word, also joined by hyphens: O'Brien, Jean-Paul. */
export const CAPITALISED = String.raw`\p{Lu}'?\p{Lu}?\p{Ll}[\p{L}'-]*`;
const MONTH = String.raw`(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre)`;
const WEEKDAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche`;
const NO_WORD_BEFORE = String.raw`(?<![\p{L}\p{N}])`;
const NO_WORD_AFTER = String.raw`(?![\p{L}\p{N}])`;

const word = (inner: string, flags = 'giu') => new RegExp(`${NO_WORD_BEFORE}${inner}${NO_WORD_AFTER}`, flags);

const CONTACTS: readonly Pattern[] = [
  {
    class: 'contact',
    pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
  },
  { class: 'contact', pattern: /(?:https?:\/\/|www\.)[^\s<>"]{3,200}/giu },
  { class: 'contact', pattern: /(?<![\p{L}\p{N}@.])@[\p{L}\p{N}_.]{2,29}[\p{L}\p{N}_]/gu },
  { class: 'contact', pattern: /(?<![\p{N}+])\+\d(?:[ .()/-]{0,2}\d){7,14}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})0[1-9](?:[ .-]?\d{2}){4}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\p{N})/gu },
];

const RECORD_WORD = String.raw`(?:mrn|ipp|nip|nda|nir|nhs|ssn|nss|mr|dossier|séjour|sejour|record|chart|case|file|hospital|patient|passport|passeport|insurance|policy|mutuelle|sécu|secu|id|réf|ref|reference|référence)`;

const IDENTIFIERS: readonly Pattern[] = [
  { class: 'identifier', pattern: /(?<!\p{N})[12](?: ?\d{2}){2} ?(?:\d{2}|2[AB])(?: ?\d{3}){2}(?: ?\d{2})?(?!\p{N})/giu, accept: isNir },
  { class: 'identifier', pattern: /(?<!\p{N})\d{3}[ -]\d{3}[ -]\d{4}(?!\p{N})/gu, accept: isNhsNumber },
  { class: 'identifier', pattern: /(?<!\p{N})\d{3}-\d{2}-\d{4}(?!\p{N})/gu },
  { class: 'identifier', pattern: word(String.raw`[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?`, 'gu'), accept: isIban },
  {
    class: 'identifier',
    pattern: word(String.raw`${RECORD_WORD}(?:[ .:#°-]|number|no|num|numéro|numero|n|nr|is|est){0,6}[ :#°-]?(?<hit>[A-Z]{0,4}[-/]?\d[\dA-Z/-]{3,20})`, 'dgiu'),
  },
  { class: 'identifier', pattern: /(?<![\p{N}.,])\d{7,20}(?![\p{N}%])/gu },
]; // prettier-ignore

const DATES: readonly Pattern[] = [
  { class: 'date', pattern: /(?<![\p{N}./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\p{N}./-]\p{N})/gu },
  { class: 'date', pattern: /(?<![\p{N}./-])(?:19|20)\d{2}([./-])\d{1,2}\1\d{1,2}(?!\p{N})/gu },
  { class: 'date', pattern: word(String.raw`(?:(?:${WEEKDAY}),? )?\d{1,2}(?:st|nd|rd|th|er)?(?: of| de)? ${MONTH}(?:\.(?= ?\d))?(?:,? (?:of )?(?:19|20)\d{2})?`), accept: isNoVerb },
  { class: 'date', pattern: word(String.raw`${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? (?:19|20)\d{2})?`) },
  { class: 'date', pattern: word(String.raw`${MONTH}\.? (?:of |de )?(?:19|20)\d{2}`) },
  { class: 'date', pattern: word(String.raw`(?:in|since|last|next|until|late|early|en|depuis|fin|début|debut|jusqu'en|courant) (?<hit>${MONTH})`, 'dgiu'), accept: isMonthWord },
  { class: 'date', pattern: word(String.raw`(?:on|le|du|au|depuis le|since) (?<hit>\d{1,2}[/.]\d{1,2})`, 'dgiu') },
]; // prettier-ignore

/** "since may be" is no date: where a month is a word too, only its capital tells. */
function isMonthWord(hit: string): boolean {
  return !/^(?:may|march|mars|mar|jan|dec|sept?|oct|nov|apr|jun|jul|aug|feb)$/u.test(hit) || hit === 'mars';
}

/** "grade 2 may be" is no date. */
function isNoVerb(hit: string): boolean {
  return !/ (?:may|march)$/u.test(hit);
}

const isAbove89 = (hit: string) => Number(hit) > 89 && Number(hit) < 130;

const AGES: readonly Pattern[] = [
  { class: 'age-above-89', pattern: word(String.raw`(?<hit>\d{2,3})[ -]?(?:years?|yrs?|yo|y\/o|y\.o\.?|ans|an|year-old|y)`, 'dgiu'), accept: isAbove89 },
  { class: 'age-above-89', pattern: word(String.raw`(?:aged?|âgée?(?: de)?|agée?(?: de)?|âge|age) ?:? ?(?<hit>\d{2,3})`, 'dgiu'), accept: isAbove89 },
  { class: 'age-above-89', pattern: word(String.raw`nonag[eé]naria?n?|nonag[eé]naire|centenarian|centenaire`) },
]; // prettier-ignore

const HOSPITAL = String.raw`(?:Hospital|Infirmary|Clinic|Surgery|Medical Centre|Medical Center|Nursing Home|Care Home)`;
const HOPITAL = String.raw`(?:[Hh][ôo]pital|[Cc]linique|CHU|CHRU|CHR|CHI|CH|[Cc]entre [Hh]ospitalier|EHPAD|[Mm]aison de retraite|[Cc]abinet)`;
const ROAD = String.raw`(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|square)`;
const STREET = String.raw`(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Way|Court|Crescent|Boulevard|Blvd|Terrace|Gardens)`;

const PLACES: readonly Pattern[] = [
  { class: 'place', pattern: word(String.raw`(?:${CAPITALISED} ){1,3}${HOSPITAL}`, 'gu') },
  { class: 'place', pattern: word(String.raw`${HOPITAL} (?:(?:de|du|des|d'|de la|de l'|Saint|Sainte) ?){0,2}${CAPITALISED}`, 'gu') },
  { class: 'place', pattern: word(String.raw`\d{1,4}(?: ?bis| ?ter)?,? ${ROAD} [\p{L}'-]{1,20}(?: [\p{L}'-]{1,20}){0,3}`) },
  { class: 'place', pattern: word(String.raw`\d{1,5} (?:${CAPITALISED} ){1,3}${STREET}`, 'gu') },
  { class: 'place', pattern: word(String.raw`\d{5},? ${CAPITALISED}`, 'gu') },
  { class: 'place', pattern: word(String.raw`[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}`, 'gu') },
  { class: 'place', pattern: word(String.raw`[A-Z]{2} \d{5}(?:-\d{4})?`, 'gu') },
  { class: 'place', pattern: word(String.raw`(?:lives?|living|resides?|residing|born|works?|working|raised|moved) (?:in|at|near|to) (?<hit>${CAPITALISED}(?: ${CAPITALISED}){0,2})`, 'dgu') },
  { class: 'place', pattern: word(String.raw`(?:[Hh]abite|[Hh]abitant|[Vv]it|[Vv]ivant|[Nn]ée?|[Dd]omiciliée?|[Dd]emeurant|[Oo]riginaire|[Rr]ésid(?:e|ant)|[Tt]ravaille) (?:à|a|au|aux|en|de|près de) (?<hit>${CAPITALISED}(?: ${CAPITALISED}){0,2})`, 'dgu') },
  { class: 'place', pattern: word(String.raw`from (?<hit>${CAPITALISED}(?: (?:on |upon |under |le |la )?${CAPITALISED}){0,2})`, 'dgu'), accept: isNoEponym },
  { class: 'place', pattern: word(String.raw`(?:[Nn]ée? le|[Bb]orn on) [\p{L}\p{N}/. -]{4,20} (?:à|en|in) (?<hit>${CAPITALISED})`, 'dgu') },
  { class: 'place', pattern: word(`(?:${CITIES.join('|')})`, 'gu') },
]; // prettier-ignore

/** "from Kaposi sarcoma", "from March" */
function isNoEponym(hit: string): boolean {
  return !hit.split(/[ -]/u).some((part) => EPONYMS.has(part));
}

/** All patterns but those for names; the first that finds a stretch of text says what it is. */
export const PATTERNS: readonly Pattern[] = [...IDENTIFIERS, ...CONTACTS, ...DATES, ...AGES, ...PLACES];
