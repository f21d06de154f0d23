/** A text in the letters that patterns are written in, and where each of its UTF-16 units came from. */
export interface PlainText {
  readonly text: string;
  /** One more than `text` has units: the last is the original's length. */
  readonly origin: readonly number[];
}

/** Joins nothing, shows nothing: soft hyphens, zero-width signs and directions hide words from a search. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
const APOSTROPHES = /[\u2018\u2019\u02bc\u2032`´]/g;

/** Composes accents, turns wide digits and unusual spaces into plain ones, and leaves out what cannot be seen. */
export function plainText(original: string): PlainText {
  let text = '';
  const origin: number[] = [];
  for (const { 0: cluster, index } of original.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    if (INVISIBLE.test(cluster)) continue;
    const plain = cluster.normalize('NFKC').replace(APOSTROPHES, "'");
    for (let i = 0; i < plain.length; i++) origin.push(index);
    text += plain;
  }
  origin.push(original.length);
  return { text, origin };
}
