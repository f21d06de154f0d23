import { isCommon, isEponym, isMedical, isNamedAfter, looksMedical } from './medical-words.js';
import { ACRONYM_NAMES, FIRST_NAMES, FIRST_NAMES_AND_WORDS } from './name-lists.js';
import { CAPITALISED } from './patterns.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

const NAME = String.raw`(?:${CAPITALISED}|\p{Lu}{3,30})`;
/** Particles before a surname: "Le Goff", "de la Cruz", "d'Alembert". */
const PARTICLE = String.raw`(?:[Dd]e la |[Vv]an de[rn]? |[Dd]e |[Dd]u |[Dd]es |[Dd]a |[Dd]i |[Vv]an |[Vv]on |[Bb]en |[Ee]l |[Aa]l |[Ll]e |[Ll]a |d')`;
const NAMES = String.raw`(?:${PARTICLE}?${NAME}(?: ${PARTICLE}?${NAME}){0,2})`;
const INITIAL = String.raw`\p{Lu}\.(?:-\p{Lu}\.)?`;
const LEADING_PARTICLE = new RegExp(`^${PARTICLE}`, 'u');

const introducing = (before: string, hit: string) =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${before})(?<hit>${hit})(?![\p{L}\p{N}])`, 'dgu');

/** Whatever follows these is a name, be it Wilson or Lupus. A full stop after "M" or "Dr" belongs to the title. */
const SURELY_INTRODUCED: readonly RegExp[] = [
  introducing(
    String.raw`(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Pr|Mme|Mlle|Docteur|Professeur|Monsieur|Madame|Mademoiselle|Doctor|Professor|MR|MRS|MME|MLLE|DR)\.? |M\. `,
    String.raw`(?:${INITIAL} ?){0,2}${NAMES}`,
  ),
  introducing(
    String.raw`(?:Mr|Mrs|Ms|Miss|Dr|Prof|Pr|Mme|Mlle|Monsieur|Madame)\.? |M\. `,
    String.raw`${INITIAL}|\p{Lu}(?= )`,
  ),
  introducing(String.raw`(?:mr|mrs|mme|mlle)\.? `, String.raw`\p{Ll}{3,30}`),
  introducing(
    String.raw`(?:[Nn]ame|NAME|[Ss]urname|[Nn]om|NOM|[Pp]rénoms?|PRÉNOMS?|PRENOMS?|[Ss]igned|[Ss]igné)(?: de (?:naissance|famille))? ?: ?`,
    NAMES,
  ),
  introducing(String.raw`s'appelle |[Nn]ame is `, NAMES),
];

const KIN = String.raw`[Hh]usband|[Ww]ife|[Pp]artner|[Ss]on|[Dd]aughter|[Mm]other|[Ff]ather|[Bb]rother|[Ss]ister|[Mm]ari|[Ff]emme|[Éé]poux|[Éé]pouse|[Ff]ils|[Ff]ille|[Mm]ère|[Pp]ère|[Ff]rère|[Ss](?:œ|oe)ur`;

/** After these a name is likely, but not sure: "Patient Diabétique", "called Bowen disease". */
const INTRODUCED: readonly RegExp[] = [
  introducing(
    String.raw`(?:[Nn]amed|[Cc]alled|[Nn]ommée?|[Pp]rénommée?|[Ss]igned|[Ss]igné|[Nn]urse|[Ss]ister) `,
    NAMES,
  ),
  introducing(
    String.raw`(?:[Tt]his is|[Ii] am|[Vv]oici|[Jj]e suis|[Ll]ittle|[Ll]e petit|[Ll]a petite|[Ll]e jeune|[Ll]a jeune) `,
    NAMES,
  ),
  introducing(
    String.raw`(?:${KIN}|[Pp]atiente?|[Pp]t|[Ii]nfirmière|[Cc]ollègue|[Cc]olleague)(?:,| is| est)? `,
    NAMES,
  ),
  introducing(
    String.raw`(?:[Pp]atiente?|PATIENTE?|[Nn]ext of kin|GP|[Cc]ontact|[Mm]édecin [Tt]raitant) ?: ?`,
    NAMES,
  ),
  introducing(
    String.raw`(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Cc]ordialement|[Cc]onfraternellement)[,.]?\s{1,3}`,
    NAMES,
  ),
  introducing(String.raw`(?:Dear|Hi|Hello|Bonjour|Cher|Chère) `, String.raw`${NAMES}(?=[,!])`),
];

/** Words after a lower-case "mr" that are no surname. */
const NO_SURNAME = /^(?:has|had|is|was|who|and|with|will|came|says|imag.*|scan|vue?|est|qui|dit|pour)$/;

/** "J.D., 45 y": initials before an age or after "patient". */
const INITIALS =
  /(?<![\p{L}\p{N}.])(?<hit>\p{Lu}\. ?\p{Lu}\.?)(?=,? \(?\d{1,3} ?(?:y|ans?\b|m\b|\)))|(?<=[Pp]atiente? )(?<second>\p{Lu}\. ?\p{Lu}\.)/dgu;

const WORDS = new RegExp(String.raw`(?<![\p{L}\p{N}])${NAME}(?![\p{L}\p{N}])`, 'gu');
const NEXT = new RegExp(String.raw`^ ${PARTICLE}?(?<word>${NAME})(?![\p{L}\p{N}])`, 'u');
/** Longer than any particle and word together. */
const NEXT_LENGTH = 64;

/** Verbs for what people do and lesions do not. */
const SPEAKS =
  /^ (?:says?|said|told|tells|noticed|complain(?:s|ed)|denie[sd]|thinks|wants|wanted|asks|asked|lives|works|worries|(?:is|was) (?:an?|worried|born|seen)|dit|raconte|consulte|habite|vit|souhaite|demande|travaille|se plaint|s'inquiète|signale|rapporte|a (?:noté|remarqué|consulté|vu|constaté)|est (?:une?|venue?|inquiète?))(?![\p{L}\p{N}])/u;
/** How much of the text after a word is looked at to tell whether it is a name. */
const BEHIND = 24;
/** An age or a birth after a name. */
const AGED =
  /^,? \(?(?:\d{1,3}(?: ?(?:ans?|yo|y|m|f)(?![\p{L}\p{N}])|[MF]|-year| year|[,)])|née? (?:le|en|à)|born )/iu;

/** Where names of people are in a plain text, in order; parts of one name that overlap are joined. */
export function namesIn(text: string): Span[] {
  const spans = [...introduced(text), ...initials(text), ...byThemselves(text)].sort(
    (a, b) => a.start - b.start,
  );
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.start < last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

function introduced(text: string): Span[] {
  const sure = SURELY_INTRODUCED.flatMap((pattern) => hits(text, pattern)).filter(
    ({ start, end }) => !NO_SURNAME.test(text.slice(start, end)),
  );
  const likely = INTRODUCED.flatMap((pattern) => hits(text, pattern)).filter(({ start, end }) => {
    const [first = ''] = text.slice(start, end).replace(LEADING_PARTICLE, '').split(' ');
    if (isFirstName(first)) return !isNamedAfter(text, start, start + first.length);
    return !looksMedical(first) && !isAcronym(first, text.slice(Math.max(0, start - 12), start));
  });
  return [...sure, ...likely].map(({ start, end }) => withoutTail(text, start, end));
}

function initials(text: string): Span[] {
  return [...text.matchAll(INITIALS)].map((match) => {
    const [start, end] = match.indices?.groups?.['hit'] ?? match.indices?.groups?.['second'] ?? [0, 0];
    return { start, end };
  });
}

/** Names that nothing introduces: first names, two unknown capitalised words, or one that says or does something. */
function byThemselves(text: string): Span[] {
  return [...text.matchAll(WORDS)].flatMap(({ 0: word, index: start }) => {
    const end = start + word.length;
    const span = spanFrom(text, { word, start, end }, nextWord(text, end));
    return span ? [span] : [];
  });
}

interface Word extends Span {
  readonly word: string;
}

function spanFrom(text: string, { word, start, end }: Word, next: Word | undefined): Span | undefined {
  const begins = startsSentence(text, start);
  const isNextNamed = next !== undefined && !isNamedAfter(text, next.start, next.end);
  if (isFirstName(word) || (FIRST_NAMES_AND_WORDS.has(word) && !begins)) {
    if (isNamedAfter(text, start, end)) return undefined;
    return { start, end: isNextNamed && !isCommon(next.word) ? next.end : end };
  }
  const isMixed = /\p{Ll}/u.test(word);
  if (isNextNamed && !isCommon(word)) {
    if (isFirstName(next.word)) return { start, end: next.end };
    if (mayBeName(next.word)) {
      const behind = text.slice(next.end, next.end + BEHIND);
      if (mayBeName(word)) {
        return !begins || SPEAKS.test(behind) || AGED.test(behind) ? { start, end: next.end } : undefined;
      }
      if (!isMixed && word.length > 3 && AGED.test(behind)) return { start, end: next.end };
    }
  }
  const speaks = mayBeName(word) && SPEAKS.test(text.slice(end, end + BEHIND));
  return speaks && !isNamedAfter(text, start, end) ? { start, end } : undefined;
}

/** The capitalised word that follows, with the particle before it. */
function nextWord(text: string, end: number): Word | undefined {
  const match = NEXT.exec(text.slice(end, end + NEXT_LENGTH));
  const word = match?.groups?.['word'];
  if (!match || word === undefined) return undefined;
  const until = end + match[0].length;
  return { word, start: until - word.length, end: until };
}

function hits(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const hit = match.indices?.groups?.['hit'];
    return hit ? [{ start: hit[0], end: hit[1] }] : [];
  });
}

/** Drops capitalised words after a name that are not part of it: "Mr Patel Biopsie". */
function withoutTail(text: string, start: number, end: number): Span {
  const words = text.slice(start, end).split(' ');
  while (words.length > 1 && isCommon(words.at(-1) ?? '')) words.pop();
  return { start, end: start + words.join(' ').length };
}

/** "Jean-Paul" is one, because "Jean" is; "ANA" is not. */
function isFirstName(word: string): boolean {
  const [first = ''] = word.split('-');
  if (ACRONYM_NAMES.has(first)) return false;
  return FIRST_NAMES.has(first.charAt(0) + first.slice(1).toLowerCase()) && !isEponym(word);
}

function mayBeName(word: string): boolean {
  return /\p{Ll}/u.test(word) && !looksMedical(word);
}

/** After "patient", a word in capitals is more likely an acronym, such as HIV, than a name. */
function isAcronym(word: string, before: string): boolean {
  return !/\p{Ll}/u.test(word) && /(?:atiente?|[Pp]t),? $/u.test(before) && !isMedical(word);
}

function startsSentence(text: string, start: number): boolean {
  return start === 0 || /(?:^|[.!?:;\n•*-])\s*["'«(]?\s*$/u.test(text.slice(Math.max(0, start - 6), start));
}
