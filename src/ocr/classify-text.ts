import type { TextClass } from '../core/detection.js';

const MONTHS =
  'jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|f[eé]v|avr|juin|juil|ao[uû]|d[eé]c|ene|abr|ago|dic';
const STREETS =
  'street|road|avenue|lane|drive|square|stra(ss|ß)e|str\\.|platz|weg|allee|gasse|rue|boulevard|chemin|place|calle|avenida|plaza|paseo';

/** The first match wins: what says more about a person comes first. */
const RULES: readonly (readonly [TextClass, RegExp])[] = [
  ['email', /\S@\S+\.\p{L}{2,}/u],
  ['date', /\b\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}\b/],
  ['date', new RegExp(`\\b\\d{1,2}\\.?\\s?(${MONTHS})\\p{L}*\\.?,?\\s?\\d{2,4}\\b`, 'iu')],
  ['date', new RegExp(`\\b(${MONTHS})\\p{L}*\\.?\\s?\\d{1,2},?\\s?\\d{2,4}\\b`, 'iu')],
  ['date', new RegExp(`\\d{4}\\s?(${MONTHS})\\p{L}*\\s?\\d{1,2}(?!\\d)`, 'iu')],
  ['phone', /\b(tel|phone|fon|fax|mobile?)\b.*\d{3}/i],
  ['phone', /(^|[^\p{L}\d])(\+|00?|\(0)[\d\s()/.-]*(\d[\s()/.-]*){7,}$/u],
  ['address', new RegExp(`\\d.*(${STREETS})|(${STREETS}).*\\d`, 'iu')],
  ['address', /\b\d{4,5}\s+\p{Lu}\p{Ll}{2,}/u],
  ['number', /^[<>±~≈]?\s?\d+([.,]\d+)?\s?(mm|cm|m|µm|kg|g|mg|ml|l|%|°|°?C|x|:\d+)?$/i],
  ['identifier', /\b(id|mrn|nhs|ssn|pat(ient)?|case|fall|dossier|n[o°ºr])\b.*\d{2}/i],
  ['identifier', /(?=[^\s]*\d{2})(?=[^\s]*\p{L})[\p{L}\d][\p{L}\d/-]{4,}/u],
  ['identifier', /\d{6,}|\b\d{3}[\s-]\d{2,3}[\s-]\d{3,4}\b/],
  ['name', /(name|nom|vorname|nachname|nombre|apellidos?)\s?:/i],
  ['name', /\b(mr|mrs|ms|miss|dr|prof|herr|frau|mme|mlle|monsieur|madame|sra?|don|do[nñ]a)\b\.?\s?\p{L}/iu],
  ['name', /^(\p{Lu}[\p{L}'’-]+[,.\s]*){1,4}$/u],
];
/** A line with this many digits is no measurement. */
const LONG_NUMBER = 6;

/**
 * What kind of information a line of text looks like. This is a guess by its shape, for the record and the risk;
 * capitalised words count as names, because nobody can list all names.
 */
export function classifyText(text: string): TextClass {
  const line = text.trim().replace(/\s+/g, ' ');
  const found = RULES.find(([, pattern]) => pattern.test(line))?.[0] ?? 'other';
  const digits = line.replace(/\D/g, '').length;
  return found === 'number' && digits >= LONG_NUMBER ? 'identifier' : found;
}
