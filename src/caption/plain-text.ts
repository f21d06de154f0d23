/** A text in the letters that patterns are written in, and where each of its UTF-16 units came from. */
export interface PlainText {
  readonly text: string;
  /** Of each unit of `text`: where what it stands for begins in the original, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Joins nothing, shows nothing: soft hyphens, zero-width signs and directions hide words from a search. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
const APOSTROPHES = /[\u2018\u2019\u02bc\u2032`´]/g;
const HYPHENS = /[\u2010\u2011]/g;

/**
 * Composes accents, turns wide digits, unusual spaces and tabs into plain ones, makes one space of several, and leaves
 * out what cannot be seen.
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
