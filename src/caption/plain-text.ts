/** A text in the plain letters that the patterns expect, and where each of its UTF-16 units came from. */
export interface PlainText {
  readonly text: string;
  /** For each unit of `text`: where the characters it stands for begin in the original, and where they end. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Characters that cannot be seen (soft hyphens, zero-width and direction signs) but hide words from a search. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
const APOSTROPHES = /[\u2018\u2019\u02bc\u2032`´]/g;
const HYPHENS = /[\u2010\u2011]/g;

/**
 * Composes accents, turns wide digits, unusual spaces and tabs into plain ones, reduces several spaces to one, and
 * drops invisible characters.
 */
export function plainText(original: string): PlainText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of original.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    if (INVISIBLE.test(cluster)) continue;
    const plain = cluster
      .normalize('NFKC')
      .replace(APOSTROPHES, "'")
      .replace(HYPHENS, '-')
      .replace(/\t/g, ' ');
    if (plain === ' ' && text.endsWith(' ')) continue;
    for (let i = 0; i < plain.length; i++) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
    text += plain;
  }
  return { text, starts, ends };
}
