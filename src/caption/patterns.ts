import type { CaptionClass } from '../core/caption.js';
import { isIban, isNhsNumber, isNir } from './check-digits.js';
import { isMedical, isNamedAfter, looksMedical } from './medical-words.js';
import { FIRST_NAMES } from './name-lists.js';
import { CITIES, WIDE_PLACES } from './place-lists.js';

/** One way in which something is written. Patterns have no nested repetitions, so that no text makes them slow. */
export interface Pattern {
  readonly class: CaptionClass;
  /** Global. The group `hit`, or else the whole match, is what was found. */
  readonly pattern: RegExp;
  /** False for a hit that only looks right; `at` is where the hit begins in `text`. */
  readonly accept?: (hit: string, text: string, at: number) => boolean;
}

/**
 * A capitalised word, with or without hyphens: O'Brien, Jean-Paul. Bounded, or a long one would be tried from each
 * hyphen.
 */
export const CAPITALISED = String.raw`\p{Lu}'?\p{Lu}?\p{Ll}[\p{L}'-]{0,40}`;
const MONTH = String.raw`(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre)`;
const WEEKDAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tue|wed|thu|fri|sat|sun|lun|mer|jeu|ven|sam|dim)\.?`;
const NO_WORD_BEFORE = String.raw`(?<![\p{L}\p{N}])`;
const NO_WORD_AFTER = String.raw`(?![\p{L}\p{N}])`;

const word = (inner: string, flags = 'giu') => new RegExp(`${NO_WORD_BEFORE}${inner}${NO_WORD_AFTER}`, flags);

const CONTACTS: readonly Pattern[] = [
  {
    class: 'contact',
    pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
  },
  { class: 'contact', pattern: /(?:https?:\/\/|www\.)[^\s<>"]{3,200}/giu },
  {
    class: 'contact',
    pattern:
      /(?<![\p{L}\p{N}@./-])(?:[\p{L}\p{N}-]{1,63}\.){1,3}(?:com|org|net|fr|eu|info|edu|gov|uk)(?:\/[^\s<>"]{0,200})?(?![\p{L}\p{N}])/giu,
  },
  {
    class: 'contact',
    pattern: word(
      String.raw`(?:instagram|insta|snapchat|tiktok|twitter|facebook|skype|whatsapp|telegram|messenger) ?: ?(?<hit>[\p{L}\p{N}_.+-]{3,40})`,
      'dgiu',
    ),
  },
  { class: 'contact', pattern: /(?<![\p{L}\p{N}@.])@[\p{L}\p{N}_.]{2,29}[\p{L}\p{N}_]/gu },
  { class: 'contact', pattern: /(?<![\p{N}+])\+\d(?:[ .()/-]{0,2}\d){7,14}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})00[1-9]\d(?:[ .-]?\d){7,12}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})0[1-9](?:[ .-]?\d{2}){4}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}(?!\p{N})/gu },
  { class: 'contact', pattern: /(?<!\p{N})(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\p{N})/gu },
];

const RECORD_WORD = String.raw`(?:mrn|ipp|nip|nda|nir|nhs|ssn|nss|mr|dossier|séjour|sejour|record|chart|case|file|hospital|patient|passport|passeport|insurance|policy|mutuelle|sécu|secu|id|réf|ref|reference|référence|accession|specimen|lab|histology|prélèvement|account|licence|license|permis|serial)`;

const IDENTIFIERS: readonly Pattern[] = [
  {
    class: 'identifier',
    pattern: /(?<!\p{N})[12](?: ?\d{2}){2} ?(?:\d{2}|2[AB])(?: ?\d{3}){2}(?: ?\d{2})?(?!\p{N})/giu,
    accept: isNir,
  },
  { class: 'identifier', pattern: /(?<!\p{N})\d{3}[ -]\d{3}[ -]\d{4}(?!\p{N})/gu, accept: isNhsNumber },
  { class: 'identifier', pattern: /(?<!\p{N})\d{3}-\d{2}-\d{4}(?!\p{N})/gu },
  {
    class: 'identifier',
    pattern: word(String.raw`[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?`, 'gu'),
    accept: isIban,
  },
  {
    class: 'identifier',
    pattern: word(
      String.raw`${RECORD_WORD}(?:[ .:#°-]|number|no|num|numéro|numero|n|nr|is|est){0,6}[ :#°-]?(?<hit>[A-Z]{0,4}[-/]?\d[\dA-Z/-]{3,20})`,
      'dgiu',
    ),
    accept: isRecordNumber,
  },
  { class: 'identifier', pattern: /(?<![\p{N}.,])\d{7,20}(?![\p{N}%])/gu },
  {
    class: 'identifier',
    pattern:
      /(?<![\p{N}.])(?:25[0-5]|2[0-4]\d|1?\d{1,2})(?:\.(?:25[0-5]|2[0-4]\d|1?\d{1,2})){3}(?![\p{N}.]\p{N}|\p{N})/gu,
  },
];

/** "Patient 45-year-old", "case 2019" and "patient 1000mg" hold no record number. */
function isRecordNumber(hit: string): boolean {
  const isWritten = /^[A-Z]{0,4}[-/]?[\dA-Z/-]+$/u.test(hit) || /^[a-z]{1,4}\d+$/u.test(hit);
  return (
    isWritten &&
    hit.replace(/\D/g, '').length >= 4 &&
    !/^(?:19|20)\d{2}(?:[/-](?:\d{2}|(?:19|20)\d{2}))?$/u.test(hit)
  );
}

const YEAR = String.raw`(?:19|20)\d{2}`;
const FEAST = String.raw`(?:christmas|easter|thanksgiving|halloween|noël|pâques|toussaint|pentecôte|ascension)`;
const SEASON = String.raw`(?:spring|summer|autumn|winter|printemps|été|automne|hiver)`;

const DATES: readonly Pattern[] = [
  { class: 'date', pattern: /(?<![\p{N}./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\p{N}./-]\p{N}|\p{N})/gu, accept: isOfCalendar },
  { class: 'date', pattern: /(?<![\p{N}./-])(?:19|20)\d{2}([./-])\d{1,2}\1\d{1,2}(?!\p{N})/gu },
  { class: 'date', pattern: /(?<![\p{N}./-])(?:0[1-9]|1[0-2])[/.-](?:19|20)\d{2}(?![\p{N}./-]\p{N}|\p{N})/gu },
  { class: 'date', pattern: word(String.raw`(?:(?:${WEEKDAY}),? (?:the |le )?)?\d{1,2}(?:st|nd|rd|th|er)?(?: of | de | |-|)${MONTH}(?:\.(?= ?\d))?(?:,? (?:of )?${YEAR}|-${YEAR}|${YEAR}|[ -]'?\d{2}(?= |[,.;)]|$))?`), accept: isNoVerb },
  { class: 'date', pattern: word(String.raw`(?:(?:${WEEKDAY}),? )?${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? ${YEAR})?(?! ?(?:mg|mm|cm|ml|g|%|x|weeks?|months?|days?))`), accept: isNoVerb },
  { class: 'date', pattern: word(String.raw`${MONTH}\.? (?:of |de )?${YEAR}`) },
  { class: 'date', pattern: word(String.raw`(?:in|since|last|next|until|till|late|early|mid|by|this|from|to|before|after|between|during|end of|en|depuis|fin|début|debut|mi|jusqu'en|courant|de|avant|après|dès|vers|mois de|mois d')[ -]?(?<=[ '-])(?<hit>${MONTH})(?! fracture)`, 'dgiu'), accept: isMonthWord },
  { class: 'date', pattern: word(String.raw`(?:on|le|du|au|depuis le|since) (?<hit>\d{1,2}[/.]\d{1,2})(?! (?:of|de|des|du|nails?|ongles?|mm|cm|mg|g|à) |[/.]?\d)`, 'dgiu'), accept: isOfCalendar },
  { class: 'date', pattern: word(String.raw`(?:${WEEKDAY}),? (?:the |le )?\d{1,2}(?:st|nd|rd|th|er)?(?! ?(?:am|pm|h|:|heures|mg|mm|cm|x))`) },
  { class: 'date', pattern: word(String.raw`(?:since|at|before|after|until|last|depuis|à|avant|après|vers) (?:la )?(?<hit>${FEAST}(?: ${YEAR})?)(?! tree)`, 'dgiu') },
  { class: 'date', pattern: word(String.raw`(?:${FEAST}|${SEASON})(?: of| de)? ${YEAR}`) },
]; // prettier-ignore

/** Day and month, in whichever order. */
function isOfCalendar(hit: string): boolean {
  const [first = 0, second = 0] = hit.split(/[./-]/u).map(Number);
  return Math.min(first, second) >= 1 && Math.min(first, second) <= 12 && Math.max(first, second) <= 31;
}

/** "since may be" is no date: where a month is a word too, only its capital tells. */
function isMonthWord(hit: string): boolean {
  return !/^(?:may|march|mar|jan|dec|sept?|oct|nov|apr|jun|jul|aug|feb)$/u.test(hit);
}

/** "grade 2 may be" is no date. */
function isNoVerb(hit: string): boolean {
  return !/ (?:may|march)$|^(?:may|march|mar|dec) /u.test(hit);
}

const isAbove89 = (hit: string) => Number(hit) > 89 && Number(hit) < 130;
/** Anyone born by 1939 is above 89 now or will be soon: Safe Harbor counts years that reveal such an age. */
const BIRTH_YEAR = String.raw`(?:18\d{2}|19[0-3]\d)`;
const YEARS_OLD = String.raw`(?:years?|yrs?|yo|y\/o|y\.o\.?|ans|an|year-old|y)`;

const AGES: readonly Pattern[] = [
  { class: 'age-above-89', pattern: word(String.raw`(?<hit>\d{2,3})[ -]?${YEARS_OLD}`, 'dgiu'), accept: isAbove89 },
  { class: 'age-above-89', pattern: word(String.raw`(?:aged?|turn(?:s|ed|ing)|âgée?(?: de)?|agée?(?: de)?|âge|age) ?:? ?(?<hit>\d{2,3})`, 'dgiu'), accept: isAbove89 },
  { class: 'age-above-89', pattern: /(?<=^|[.\n] ?|[Aa] |[Tt]his |[Pp]t |[Pp]atient )(?<hit>9\d|1[0-2]\d) ?[MF](?= with|[,.; ])/dgmu },
  { class: 'age-above-89', pattern: word(String.raw`(?:[Nn]ée? en|[Bb]orn in|[Yy]ear of birth:?|DOB:?|YOB:?) (?<hit>${BIRTH_YEAR})(?![/.-])`, 'dgu') },
  { class: 'age-above-89', pattern: word(String.raw`ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?[- ]years?`) },
  { class: 'age-above-89', pattern: word(String.raw`quatre[- ]vingt[- ](?:dix|onze|douze|treize|quatorze|quinze|seize)(?:[- ](?:sept|huit|neuf))? ans`) },
  { class: 'age-above-89', pattern: word(String.raw`nonag[eé]naria?n?|nonag[eé]naire|centenarian|centenaire`) },
]; // prettier-ignore

const HOSPITAL = String.raw`(?:Hospital|Infirmary|Clinic|Surgery|Medical Centre|Medical Center|Nursing Home|Care Home|Hospice)`;
const HOPITAL = String.raw`(?:[Hh][ôo]pital|[Cc]linique|CHU|CHRU|CHR|CHI|CH|[Cc]entre [Hh]ospitalier|EHPAD|[Mm]aison de retraite|[Cc]abinet)`;
const ROAD = String.raw`(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|square|cours|lotissement)`;
const STREET = String.raw`(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Way|Court|Crescent|Boulevard|Blvd|Terrace|Gardens)`;
const STATE = String.raw`(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])`;
const TOWN = String.raw`(?:(?:Le|La|Les|Saint|St) )?${CAPITALISED}(?: (?:on |upon |under )?${CAPITALISED}){0,2}`;

/** No town follows "à" after these: "Allergie à Pénicilline", "lésion à bords nets". */
const NO_TOWN_BEHIND = String.raw`[Aa]llerg(?:ie|ique)|[Ii]ntolérance|[Tt]oxidermie|[Ss]ensibilis(?:ation|ée?)|[Rr]éaction|secondaire|dues?|dus?|liée?s?|[Ll]ésions?|[Pp]laques?|[Nn]odules?|[Ii]nfection|[Hh]ypersensibilité|résistante?|[Ee]xposition`;

const PLACES: readonly Pattern[] = [
  { class: 'place', pattern: word(String.raw`(?:St\. )?(?:${CAPITALISED} ){1,3}${HOSPITAL}`, 'gu'), accept: isOwnName },
  { class: 'place', pattern: word(String.raw`${HOPITAL} (?:(?:de|du|des|d'|de la|de l'|Saint|Sainte|Les|Le|La) ?){0,2}${CAPITALISED}`, 'gu'), accept: isOwnName },
  { class: 'place', pattern: word(String.raw`\d{1,4}(?: ?bis| ?ter)?,? ${ROAD} [\p{L}'-]{1,20}(?: [\p{L}'-]{1,20}){0,3}`) },
  { class: 'place', pattern: word(String.raw`\d{1,5} (?:${CAPITALISED} ){1,3}${STREET}`, 'gu') },
  { class: 'place', pattern: word(String.raw`\d{1,5} (?:${CAPITALISED} ){1,3}${STREET},? (?<hit>${CAPITALISED})`, 'dgu') },
  { class: 'place', pattern: word(String.raw`\d{5},? ${CAPITALISED}`, 'gu'), accept: isOwnName },
  { class: 'place', pattern: word(String.raw`[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}`, 'gu') },
  { class: 'place', pattern: word(String.raw`${STATE} \d{5}(?:-\d{4})?`, 'gu') },
  { class: 'place', pattern: word(String.raw`(?:lives?|living|resides?|residing|born|works?|working|raised|moved) (?:in|at|near|to) (?<hit>${TOWN})`, 'dgu'), accept: isTown },
  { class: 'place', pattern: word(String.raw`(?:[Hh]abite|[Hh]abitant|[Vv]it|[Vv]ivant|[Nn]ée?|[Dd]omiciliée?|[Dd]emeurant|[Oo]riginaire|[Rr]éside|[Rr]ésidant|[Tt]ravaille) (?:(?:à|a|au|aux|en|de|près de) )?(?<hit>${TOWN})`, 'dgu'), accept: isTown },
  { class: 'place', pattern: word(String.raw`(?:[Vv]ient|[Aa]rrive|[Rr]entre|[Vv]enue?|[Tt]ransférée?|[Aa]dressée?) (?:de |d')(?<hit>${TOWN})`, 'dgu'), accept: isTown },
  { class: 'place', pattern: word(String.raw`(?:from|in|near) (?<hit>${TOWN})`, 'dgu'), accept: isTown },
  { class: 'place', pattern: word(String.raw`(?<!(?:${NO_TOWN_BEHIND}) )à (?<hit>${TOWN})`, 'dgu'), accept: isTownAlone },
  { class: 'place', pattern: word(String.raw`(?:[Nn]ée? le|[Bb]orn on) [\p{L}\p{N}/. -]{4,20} (?:à|en|in) (?<hit>${CAPITALISED})`, 'dgu'), accept: isTown },
  { class: 'place', pattern: word(`(?:${CITIES.join('|')})`, 'gu'), accept: isNotNamedAfter },
]; // prettier-ignore

/** "Dermatology Clinic", "Mohs Surgery" and "14000, Plaquettes" have no name of their own. */
function isOwnName(hit: string): boolean {
  const words =
    hit.replace(new RegExp(`^${HOPITAL}|${HOSPITAL}$`, 'u'), '').match(new RegExp(CAPITALISED, 'gu')) ?? [];
  return words.some((part) => !isMedical(part));
}

/** Not "from Kaposi sarcoma", "in Stage", "à Candida", nor a country. */
function isTown(hit: string, text: string, at: number): boolean {
  const [first = ''] = hit.split(' ');
  if (WIDE_PLACES.has(first) || FIRST_NAMES.has(first) || isMedical(first)) return false;
  return isNotNamedAfter(hit, text, at) && !/(?:us|um|illa|ella|coccus|coque|myces|phyton)$/u.test(first);
}

/** Nor "à Tramadol". */
function isTownAlone(hit: string, text: string, at: number): boolean {
  const [first = ''] = hit.split(' ');
  return isTown(hit, text, at) && !looksMedical(first) && !/ols?$/u.test(first);
}

/** "Glasgow 15", "Vancouver scale". */
function isNotNamedAfter(hit: string, text: string, at: number): boolean {
  return !isNamedAfter(text, at, at + hit.length);
}

/** All patterns except those for names; of equally long hits, the pattern that comes first says what it is. */
export const PATTERNS: readonly Pattern[] = [...IDENTIFIERS, ...CONTACTS, ...DATES, ...AGES, ...PLACES];
