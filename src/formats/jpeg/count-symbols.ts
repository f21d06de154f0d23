/** A scan of one frame with three components of full resolution, whose blocks take turns. */
export interface Scan {
  /** Entropy-coded bytes, up to the next marker. */
  readonly data: Uint8Array;
  /** How many blocks there are of each component. */
  readonly blocks: number;
  /** For each component, the look-up tables of the codes for DC differences and AC coefficients (`lookUpTable`). */
  readonly tables: readonly (readonly [dc: Uint16Array, ac: Uint16Array])[];
  /** For each component, where its symbols are counted; components with the same tables share them. */
  readonly counts: readonly (readonly [dc: Uint32Array, ac: Uint32Array])[];
}

/** For 8-bit pixels, an AC coefficient has at most 10 bits and a difference of DC coefficients 11. */
const [MOST_AC_BITS, MOST_DC_BITS] = [10, 11];
const ZERO_RUN = 0xf0;
const LAST = 63;

/**
 * Reads a baseline scan to its last bit and counts its symbols.
 * @returns false when it holds anything that our encoder would have written differently: runs of zeros before the end
 * of a block, an end where none is needed, restarts, bits after the last block that are not padding, or bytes after
 * those
 */
export function countSymbols({ data, blocks, tables, counts }: Scan): boolean {
  let [at, buffer, held] = [0, 0, 0];
  // Bits beyond the end are taken to be ones; using any of them is damage.
  let beyond = 0;
  let isWhole = true;
  const fill = (): void => {
    while (held <= 16) {
      let byte = 0xff;
      if (at >= data.length) beyond += 8;
      else {
        byte = data[at++] as number;
        if (byte === 0xff && data[at++] !== 0) isWhole = false;
      }
      buffer = ((buffer << 8) | byte) & 0x1ff_ffff;
      held += 8;
    }
  };
  const symbolOf = (table: Uint16Array): number => {
    fill();
    const found = table[(buffer >> (held - 16)) & 0xffff] as number;
    held -= found >> 8;
    if (found === 0) isWhole = false;
    return found & 0xff;
  };
  const skip = (bits: number): void => {
    fill();
    held -= bits;
  };
  for (let block = 0; block < blocks; block++) {
    for (let component = 0; component < tables.length; component++) {
      const [dc, ac] = tables[component] as Scan['tables'][number];
      const [dcCounts, acCounts] = counts[component] as Scan['counts'][number];
      const bits = symbolOf(dc);
      if (bits > MOST_DC_BITS) return false;
      (dcCounts[bits] as number)++;
      skip(bits);
      let zeros = false;
      for (let k = 0; k < LAST;) {
        const symbol = symbolOf(ac);
        (acCounts[symbol] as number)++;
        if (symbol === 0) {
          if (zeros) return false;
          break;
        }
        zeros = symbol === ZERO_RUN;
        const size = symbol & 15;
        if ((size === 0 && !zeros) || size > MOST_AC_BITS) return false;
        k += (symbol >> 4) + 1;
        if (k > LAST || (zeros && k === LAST)) return false;
        skip(size);
      }
      if (!isWhole || beyond > held) return false;
    }
  }
  // What is left of the last byte must be padding, which is all ones.
  const padding = held - beyond;
  const ones = (1 << padding) - 1;
  return at >= data.length && padding >= 0 && padding < 8 && ((buffer >> beyond) & ones) === ones;
}
