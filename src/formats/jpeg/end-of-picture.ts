import { EntropyBits } from './entropy-bits.js';
import { lookUpTable, readTable } from './huffman-table.js';
import type { Segment } from './segments.js';

/** Of a component: how many blocks of it an MCU holds, and its tables for DC differences and AC coefficients. */
interface Component {
  readonly blocks: number;
  readonly dc: Uint16Array;
  readonly ac: Uint16Array;
}

interface Frame {
  readonly components: readonly Component[];
  readonly units: number;
  /** MCUs from restart to restart; 0: none. */
  readonly interval: number;
  /** Offset of the coded data. */
  readonly start: number;
}

const LAST = 63;
const ZERO_RUN = 0xf0;
/** More bits than a coefficient of 8-bit pixels can have. */
const MOST_BITS = 11;

/**
 * The offset behind the last coded byte of a baseline JPEG with one scan, wherever its end mark is; undefined when a
 * block is missing or damaged, or the JPEG is of another kind. Linear in the size of the scan.
 */
export function endOfPicture(bytes: Uint8Array, segments: readonly Segment[]): number | undefined {
  const frame = readFrame(bytes, segments);
  return frame && walk(bytes, frame);
}

function readFrame(bytes: Uint8Array, segments: readonly Segment[]): Frame | undefined {
  const all = (name: string) =>
    segments
      .filter((segment) => segment.name === name)
      .map((s) => bytes.subarray(s.content, s.offset + s.length));
  const [[head, ...heads], [scan, ...scans]] = [all('SOF0'), all('SOS')];
  const first = segments.find(({ name }) => name === 'scan');
  if (!head || !scan || !first || heads.length > 0 || scans.length > 0 || head.length < 6) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const [height, width, count] = [view.getUint16(1), view.getUint16(3), head[5] as number];
  if (count !== scan[0] || head.length < 6 + 3 * count || scan.length < 1 + 2 * count) return undefined;
  const tables = new Map(all('DHT').flatMap(tablesIn));
  // A single component is not interleaved: its MCU is one block, whatever its sampling (T.81, A.2.2).
  const sampling = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0x11 : (head[7 + 3 * i] as number),
  );
  const components = sampling.flatMap((factors, i): Component[] => {
    const selector = scan[2 + 2 * i] as number;
    const [dc, ac] = [tables.get(selector >> 4), tables.get(0x10 | (selector & 15))];
    return dc && ac ? [{ blocks: (factors >> 4) * (factors & 15), dc, ac }] : [];
  });
  if (components.length !== count) return undefined;
  const most = (of: (factors: number) => number) => 8 * Math.max(...sampling.map(of));
  const [across, down] = [most((factors) => factors >> 4), most((factors) => factors & 15)];
  const restart = all('DRI').at(-1);
  return {
    components,
    units: Math.ceil(width / across) * Math.ceil(height / down),
    interval: restart && restart.length >= 2 ? ((restart[0] as number) << 8) | (restart[1] as number) : 0,
    start: first.offset,
  };
}

/** A segment may hold several tables. */
function tablesIn(content: Uint8Array): [number, Uint16Array][] {
  const tables: [number, Uint16Array][] = [];
  for (let at = 0; at + 17 <= content.length;) {
    const length = 17 + content.subarray(at + 1, at + 17).reduce((sum, n) => sum + n, 0);
    const read = readTable(content.subarray(at, at + length));
    const codes = read && lookUpTable(read.table);
    if (!read || !codes) return tables;
    tables.push([read.id, codes]);
    at += length;
  }
  return tables;
}

function walk(bytes: Uint8Array, { components, units, interval, start }: Frame): number | undefined {
  const bits = new EntropyBits(bytes, start);
  for (let unit = 0; unit < units; unit++) {
    if (interval > 0 && unit > 0 && unit % interval === 0) {
      bits.align();
      const marker = bytes[bits.at + 1] as number;
      if (bytes[bits.at] !== 0xff || marker < 0xd0 || marker > 0xd7) return undefined;
      bits.at += 2;
    }
    for (const component of components) {
      for (let i = 0; i < component.blocks; i++) {
        if (!skipBlock(bits, component)) return undefined;
      }
    }
  }
  bits.align();
  return bits.at;
}

/** @returns false when it is damaged */
function skipBlock(bits: EntropyBits, { dc, ac }: Component): boolean {
  const difference = bits.symbol(dc);
  if (difference > MOST_BITS) return false;
  bits.skip(difference);
  for (let k = 0; k < LAST;) {
    const symbol = bits.symbol(ac);
    if (symbol === 0) break;
    k += (symbol >> 4) + 1;
    if (k > LAST || ((symbol & 15) === 0 && symbol !== ZERO_RUN)) return false;
    bits.skip(symbol & 15);
  }
  return bits.isWhole;
}
