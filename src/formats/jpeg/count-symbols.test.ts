import { describe, expect, it } from 'vitest';
import { countSymbols } from './count-symbols.js';
import { lookUpTable, optimalTable } from './huffman-table.js';

/** DC: no bits, code 0. AC: end of block 00, sixteen zeros 01, one zero and a bit 10. */
const DC = lookUpTable({ counts: countsOf(1, 1), symbols: Uint8Array.of(0) }) as Uint16Array;
const AC = lookUpTable({ counts: countsOf(2, 3), symbols: Uint8Array.of(0x00, 0xf0, 0x11) }) as Uint16Array;

function countsOf(length: number, codes: number): Uint8Array {
  const counts = new Uint8Array(16);
  counts[length - 1] = codes;
  return counts;
}

function read(bits: string, padding = '1') {
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, padding).match(/.{8}/g) ?? [];
  const data = Uint8Array.from(bytes, (byte) => parseInt(byte, 2));
  const counts = [new Uint32Array(256), new Uint32Array(256)] as const;
  const isOwn = countSymbols({ data, blocks: 1, tables: [[DC, AC]], counts: [counts] });
  return { isOwn, ends: counts[1][0], runs: counts[1][0xf0] };
}

describe('countSymbols', () => {
  it('reads a block to the last bit of its padding', () => {
    expect(read('0' + '00')).toEqual({ isOwn: true, ends: 1, runs: 0 });
    expect(read('0' + '01' + '101' + '00')).toEqual({ isOwn: true, ends: 1, runs: 1 });
  });

  it.each([
    ['a run of zeros before the end of the block', '0' + '01' + '00', '1'],
    ['padding that is not ones', '0' + '00', '0'],
    ['a byte behind the padding', '0' + '00' + '11111' + '11110000', '1'],
    ['a code that the table does not have', '0' + '11', '1'],
    ['more coefficients than a block has', '0' + '01'.repeat(4) + '00', '1'],
    ['no block', '', '1'],
  ])('is false for %s', (_what, bits, padding) => {
    expect(read(bits, padding).isOwn).toBe(false);
  });
});

describe('optimalTable', () => {
  it('leaves the code of all ones free, and makes none longer than 16 bits', () => {
    expect(optimalTable(Uint32Array.from({ length: 256 }, (_, i) => Number(i === 7)))).toEqual({
      counts: countsOf(1, 1),
      symbols: Uint8Array.of(7),
    });
    // Fibonacci numbers make the longest codes.
    const steep = new Uint32Array(256);
    [steep[0], steep[1]] = [1, 1];
    for (let i = 2; i < 40; i++) steep[i] = (steep[i - 1] as number) + (steep[i - 2] as number);
    const { counts, symbols } = optimalTable(steep);
    expect(symbols).toHaveLength(40);
    expect(counts.reduce((sum, count) => sum + count)).toBe(40);
    const used = counts.reduce((sum, count, i) => sum + count * 2 ** (15 - i), 0);
    expect(used).toBeLessThan(2 ** 16);
  });
});
