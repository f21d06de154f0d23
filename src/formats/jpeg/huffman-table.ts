/** A Huffman table as a DHT segment holds it (ITU-T T.81, B.2.4.2). */
export interface HuffmanTable {
  /** How many codes there are of each length, 1 to 16 bits. */
  readonly counts: Uint8Array;
  /** The symbols, in the order of their codes. */
  readonly symbols: Uint8Array;
}

const LONGEST = 16;
/** Codes may be up to this long before they are shortened. */
const LONGEST_BEFORE = 256;
/** Stands for the code made of ones only, which no symbol may have. */
const RESERVED = 256;

/**
 * The shortest table for these frequencies, exactly as libjpeg and its descendants make it with "optimise coding"
 * (T.81, K.2): the two rarest are joined; of equally rare ones, those with the greater number come first.
 * @param frequencies of the 256 symbols
 */
export function optimalTable(frequencies: Uint32Array): HuffmanTable {
  const lengths = codeLengths(frequencies);
  const byLength = new Uint32Array(LONGEST_BEFORE + 1);
  for (const length of lengths) if (length > 0) (byLength[length] as number)++;
  shorten(byLength);
  // One of the longest codes is the reserved one: leave it out.
  let last = LONGEST;
  while (byLength[last] === 0) last--;
  (byLength[last] as number)--;
  const symbols = Array.from({ length: RESERVED }, (_, symbol) => symbol)
    .filter((symbol) => (lengths[symbol] as number) > 0)
    .sort((a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b);
  return { counts: Uint8Array.from(byLength.subarray(1, LONGEST + 1)), symbols: Uint8Array.from(symbols) };
}

function codeLengths(frequencies: Uint32Array): Uint16Array {
  const left = Float64Array.from([...frequencies, 1]);
  const lengths = new Uint16Array(RESERVED + 1);
  const next = new Int16Array(RESERVED + 1).fill(-1);
  for (;;) {
    const rarest = rarestOf(left, -1);
    const second = rarestOf(left, rarest);
    if (second < 0) return lengths;
    (left[rarest] as number) += left[second] as number;
    left[second] = 0;
    let at = rarest;
    for (; ; at = next[at] as number) {
      (lengths[at] as number)++;
      if ((next[at] as number) < 0) break;
    }
    next[at] = second;
    for (at = second; at >= 0; at = next[at] as number) (lengths[at] as number)++;
  }
}

/** The rarest that occurs at all, the last one if several are equally rare; -1 when none is left. */
function rarestOf(frequencies: Float64Array, except: number): number {
  let [found, least] = [-1, Infinity];
  for (let i = 0; i <= RESERVED; i++) {
    const value = frequencies[i] as number;
    if (value > 0 && value <= least && i !== except) [found, least] = [i, value];
  }
  return found;
}

/** Makes codes of more than 16 bits shorter, at the cost of a short one (T.81, figure K.3). */
function shorten(byLength: Uint32Array): void {
  for (let i = LONGEST_BEFORE; i > LONGEST; i--) {
    while ((byLength[i] as number) > 0) {
      let j = i - 2;
      while (byLength[j] === 0) j--;
      (byLength[i] as number) -= 2;
      (byLength[i - 1] as number)++;
      (byLength[j + 1] as number) += 2;
      (byLength[j] as number)--;
    }
  }
}

/** The whole DHT segment of one table. @param id class in the upper half, number in the lower */
export function tableSegment(id: number, { counts, symbols }: HuffmanTable): Uint8Array {
  const length = 2 + 1 + LONGEST + symbols.length;
  return Uint8Array.from([0xff, 0xc4, length >> 8, length & 0xff, id, ...counts, ...symbols]);
}

/** The table of a DHT segment; undefined unless it holds exactly one. @param content what follows the length */
export function readTable(content: Uint8Array): { id: number; table: HuffmanTable } | undefined {
  const counts = content.subarray(1, 1 + LONGEST);
  const symbols = content.subarray(1 + LONGEST);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (content.length < 1 + LONGEST || symbols.length !== total) return undefined;
  return { id: content[0] as number, table: { counts, symbols } };
}

/**
 * For every 16 bits that may come next: in the upper byte, the length of the code they begin with; in the lower, its
 * symbol; 0 where no code fits. Undefined when there are more codes than their lengths allow.
 */
export function lookUpTable({ counts, symbols }: HuffmanTable): Uint16Array | undefined {
  const table = new Uint16Array(1 << LONGEST);
  let [at, index] = [0, 0];
  for (let length = 1; length <= LONGEST; length++) {
    const span = 1 << (LONGEST - length);
    for (let i = 0; i < (counts[length - 1] as number); i++) {
      if (at + span > table.length) return undefined;
      table.fill((length << 8) | (symbols[index++] as number), at, at + span);
      at += span;
    }
  }
  return table;
}
