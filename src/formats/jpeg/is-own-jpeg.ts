import { readSegments, type Segment } from './segments.js';
import { countSymbols } from './count-symbols.js';
import { lookUpTable, optimalTable, readTable, tableSegment, type HuffmanTable } from './huffman-table.js';

/** What the encoder writes, in this order. */
const SEGMENTS = 'SOI DQT DQT SOF0 DHT DHT DHT DHT SOS scan EOI';
/** Class and number of the four tables: DC and AC for brightness, then DC and AC for colour. */
const TABLES = [0x00, 0x10, 0x01, 0x11] as const;
/** The tables that each component uses. */
const COMPONENTS = [[0x00, 0x10], [0x01, 0x11], [0x01, 0x11]] as const; // prettier-ignore
/** Where height and width are in SOF0, counted from the marker. */
const [SIZE_AT, SIZE_BYTES] = [5, 4];

/**
 * Whether writing the same coefficients again gives the same bytes. Decoding a JPEG to pixels and encoding them does
 * not give it back, but every bit of it follows from its coefficients. The segments besides the codes and their tables
 * are compared with those of a file that the encoder wrote; the tables must be the shortest for the symbols that occur,
 * and then the codes are unique.
 * @param reference any file of the encoder
 */
export function isOwnJpeg(bytes: Uint8Array, reference: Uint8Array): boolean {
  const segments = readSegments(bytes);
  if (segments.map(({ name }) => name).join(' ') !== SEGMENTS) return false;
  if (segments.reduce((sum, { length }) => sum + length, 0) !== bytes.length) return false;
  if (!isHeadOf(bytes, segments, reference)) return false;
  const written = segments
    .filter(({ name }) => name === 'DHT')
    .map((segment) => readTable(contentOf(bytes, segment)));
  const frame = segments.find(({ name }) => name === 'SOF0');
  const scan = segments.find(({ name }) => name === 'scan');
  if (!frame || !scan || TABLES.some((id, i) => written[i]?.id !== id)) return false;
  const counts = new Map(TABLES.map((id) => [id as number, new Uint32Array(256)]));
  const codes = new Map(written.map((entry) => [entry?.id, entry && lookUpTable(entry.table)]));
  const pairs = <T>(of: ReadonlyMap<number | undefined, T | undefined>) =>
    COMPONENTS.map(([dc, ac]) => [of.get(dc), of.get(ac)] as [T, T]);
  if ([...codes.values()].includes(undefined)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset + frame.offset, frame.length);
  const [height, width] = [view.getUint16(SIZE_AT), view.getUint16(SIZE_AT + 2)];
  const blocks = Math.ceil(height / 8) * Math.ceil(width / 8);
  const data = bytes.subarray(scan.offset, scan.offset + scan.length);
  if (!countSymbols({ data, blocks, tables: pairs(codes), counts: pairs(counts) })) return false;
  return TABLES.every((id, i) => isSame(id, optimalTable(counts.get(id) as Uint32Array), written[i]?.table));
}

function isSame(id: number, best: HuffmanTable, written: HuffmanTable | undefined): boolean {
  return written !== undefined && Buffer.compare(tableSegment(id, best), tableSegment(id, written)) === 0;
}

/** Everything but the codes, their tables and the picture's size. */
function isHeadOf(bytes: Uint8Array, segments: readonly Segment[], reference: Uint8Array): boolean {
  return Buffer.compare(headOf(bytes, segments), headOf(reference, readSegments(reference))) === 0;
}

function headOf(bytes: Uint8Array, segments: readonly Segment[]): Buffer {
  const fixed = segments.filter(({ name }) => name !== 'DHT' && name !== 'scan');
  return Buffer.concat(
    fixed.map(({ name, offset, length }) => {
      const segment = Buffer.from(bytes.subarray(offset, offset + length));
      return name === 'SOF0' ? segment.fill(0, SIZE_AT, SIZE_AT + SIZE_BYTES) : segment;
    }),
  );
}

function contentOf(bytes: Uint8Array, { content, offset, length }: Segment): Uint8Array {
  return bytes.subarray(content, offset + length);
}
