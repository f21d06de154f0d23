import { CAPITALISED } from './patterns.js';
import { EPONYMS, FIRST_NAMES } from './word-lists.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

const NAME = String.raw`(?:${CAPITALISED}|\p{Lu}{3,})`;
const NAMES = String.raw`(?<hit>${NAME}(?: (?:de |da |van |von |ben |el |d'|le |la )?${NAME}){0,2})`;

/** "Le Goff", "De Souza": before a surname no article. */
const PARTICLE = /^(?:Le|La|De|Du|Des|Van|Von|El|Al|Ben|Di|Da) (?=\p{Lu})/u;

/** Words after which a capitalised word is a name. A full stop after "M" or "Dr" belongs to the title. */
const INTRODUCED: readonly RegExp[] = [
  String.raw`(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Pr|Mme|Mlle|Sister|Nurse|Docteur|Professeur|Monsieur|Madame|Mademoiselle|Doctor|Professor)\.? `,
  String.raw`M\. `,
  String.raw`(?:[Nn]amed|[Cc]alled|[Nn]ommée?|[Pp]rénommée?|s'appelle|[Nn]ame is|[Pp]atient [Nn]ame|[Nn]ame|[Nn]om|[Pp]rénom|[Ss]igned|[Ss]igné) ?:? ?`,
  String.raw`(?:[Hh]usband|[Ww]ife|[Pp]artner|[Ss]on|[Dd]aughter|[Mm]other|[Ff]ather|[Bb]rother|[Ss]ister|[Mm]ari|[Ff]emme|[Éé]poux|[Éé]pouse|[Ff]ils|[Ff]ille|[Mm]ère|[Pp]ère|[Ff]rère|[Ss](?:œ|oe)ur|[Pp]atiente?),? `,
].map((before) => new RegExp(String.raw`(?<![\p{L}\p{N}])${before}${NAMES}`, 'dgu'));

/** "J.D., 45 y": initials before an age or after "patient". */
const INITIALS =
  /(?<![\p{L}\p{N}.])(?<hit>\p{Lu}\. ?\p{Lu}\.?)(?=,? \(?\d{1,3} ?(?:y|ans?\b|m\b|\)))|(?<=[Pp]atiente? )(?<second>\p{Lu}\. ?\p{Lu}\.)/dgu;

const WORDS = new RegExp(String.raw`(?<![\p{L}\p{N}])${NAME}(?![\p{L}\p{N}])`, 'gu');

/** How Latin and Greek words of medicine end, and almost no surname. */
const MEDICAL =
  /(?:us|um|are|itis|osis|oma|omas|emia|aemia|osum|atum|aris|alis|icum|ica|icus|ous|ism|isme|ique|ose|ite|ides|oid|oide|oïde|derma|dermia|plasia|trophy|trophie|ology|ologie|scopy|scopie|ation|ment)$/iu;

/** Where names of people stand in a plain text; each word once. */
export function namesIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const pattern of INTRODUCED) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.['hit'] ?? [0, 0];
      const [first = ''] = text.slice(start, end).replace(PARTICLE, '').split(' ');
      if (!isOfMedicine(first) && !isAcronym(first, text.slice(0, start))) spans.push({ start, end });
    }
  }
  for (const match of text.matchAll(INITIALS)) {
    const [start, end] = match.indices?.groups?.['hit'] ?? match.indices?.groups?.['second'] ?? [0, 0];
    spans.push({ start, end });
  }
  const words = [...text.matchAll(WORDS)].map(({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }));
  words.forEach((current, i) => {
    const { word, start, end } = current;
    const next = words[i + 1];
    const isFollowed =
      next !== undefined && /^ (?:de |da |van |von |ben |el |d')?$/u.test(text.slice(end, next.start));
    if (isFirstName(word)) {
      spans.push({ start, end: isFollowed && !isOfMedicine(next.word) ? next.end : end });
    } else if (isFollowed && isFirstName(next.word) && !isOfMedicine(word)) {
      spans.push({ start, end: next.end });
    } else if (isFollowed && !startsSentence(text, start) && isSurname(word) && isSurname(next.word)) {
      spans.push({ start, end: next.end });
    }
  });
  return spans;
}

/** "Jean-Paul" is one, because "Jean" is. */
function isFirstName(word: string): boolean {
  const [first = ''] = word.split('-');
  const plain = first.charAt(0) + first.slice(1).toLowerCase();
  return FIRST_NAMES.has(plain) && !EPONYMS.has(plain);
}

function isSurname(word: string): boolean {
  return /\p{Ll}/u.test(word) && !isOfMedicine(word);
}

function isOfMedicine(word: string): boolean {
  return word.split('-').some((part) => EPONYMS.has(part.replace(/'s?$/u, ''))) || MEDICAL.test(word);
}

/** After "patient" capitals are rather HIV than a name. */
function isAcronym(word: string, before: string): boolean {
  return !/\p{Ll}/u.test(word) && /atiente?,? $/u.test(before);
}

function startsSentence(text: string, start: number): boolean {
  return /(?:^|[.!?:;\n•*-])\s*["'«(]?\s*$/u.test(text.slice(Math.max(0, start - 6), start)) || start === 0;
}
