import { EntropyBits } from './entropy-bits.js';

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
  const bits = new EntropyBits(data, 0);
  for (let block = 0; block < blocks; block++) {
    for (let component = 0; component < tables.length; component++) {
      const [dc, ac] = tables[component] as Scan['tables'][number];
      const [dcCounts, acCounts] = counts[component] as Scan['counts'][number];
      const difference = bits.symbol(dc);
      if (difference > MOST_DC_BITS) return false;
      (dcCounts[difference] as number)++;
      bits.skip(difference);
      let zeros = false;
      for (let k = 0; k < LAST;) {
        const symbol = bits.symbol(ac);
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
        bits.skip(size);
      }
      if (!bits.isWhole) return false;
    }
  }
  return bits.isPadding();
}
