import { CAPITALISED_WORDS, EPONYMS, PRODUCTS } from './word-lists.js';

/** Endings of Latin and Greek medical words and of adjectives that few surnames have. */
const ENDINGS =
  /(?:us|um|are|itis|osis|oma|omas|emia|aemia|aris|alis|icum|ica|icus|ous|ism|isme|ique|ose|ite|ides|oid|oide|oïde|derma|dermia|plasia|trophy|trophie|ology|ologie|ologue|ologist|scopy|scopie|ation|ment|lysis|lyse|mab|nib|cept|illin|cillin|cycline|azole|osine|one|ide|ine|ing|ed|eous|ive)$/iu;

const AFTER_EPONYM =
  /^(?:'s?)?[ -](?:(?:(?:scar |eczema |skin )?(?:syndrome|disease|signs?|stain|test|scale|score|criteria|classification|index|stages?|stade|grades?|type|phototype|skin|lamp|lines?|nodes?|papules?|spots?|bod(?:y|ies)|cells?|tumou?r|carcinoma|sarcoma|lymphoma|na?evus|ring|phenomenon|purpura|stool|coma|levels?|thickness|method|technique|procedure|positif|positive?|négatif|negative|solution|patches|hypothesis))|[IV]{1,4}|\d{1,2})(?![\p{L}\p{N}])/iu;
const BEFORE_EPONYM =
  /(?<!\p{L})(?:syndromes?|maladies?|signes?|phénomène|lampe|scores?|échelle|critères?|classification|angine|test|coloration|disease|index|indice)(?: de | d'| du | of | )$/iu;

/** Whether a word by itself may be medical: an eponym, a product, or a word that titles write with a capital. */
export function isMedical(word: string): boolean {
  return isEponym(word) || isCommon(word);
}

/**
 * Whether diseases or signs are named after this person, so that it may be a surname or a medical word: Wilson, Becker.
 */
export function isEponym(word: string): boolean {
  return word.split('-').some((part) => EPONYMS.has(part.replace(/'s?$/u, '')));
}

/** Whether it is not a surname, but a product or a word that is sometimes capitalised. */
export function isCommon(word: string): boolean {
  return [word, ...word.split('-')].some(
    (part) => PRODUCTS.has(part) || CAPITALISED_WORDS.has(part.charAt(0) + part.slice(1).toLowerCase()),
  );
}

/** Whether it looks like a medical word; some surnames do too. */
export function looksMedical(word: string): boolean {
  return isMedical(word) || ENDINGS.test(word);
}

/** Whether the words around say that a disease, scale or sign is named here: "maladie de", "syndrome", "score". */
export function isNamedAfter(text: string, start: number, end: number): boolean {
  return (
    AFTER_EPONYM.test(text.slice(end, end + 24)) ||
    BEFORE_EPONYM.test(text.slice(Math.max(0, start - 24), start))
  );
}
