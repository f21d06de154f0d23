import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ImageDeidError } from '../core/errors.js';

/** What stands in `prev` of the first record. */
export const CHAIN_START = '0'.repeat(64);
const LINE_FEED = 10;
const READ_BYTES = 2 ** 20;

export interface ChainLink {
  /** From 1, without gaps. */
  readonly seq: number;
  /** SHA-256 of the line before, without its line feed. */
  readonly prev: string;
}
export type ChainRecord = ChainLink & Readonly<Record<string, unknown>>;

/** Where a chain ends. */
export interface ChainEnd {
  readonly records: number;
  /** SHA-256 of the last line, `CHAIN_START` when there is none. */
  readonly head: string;
  /** Bytes up to the end of the last whole line. */
  readonly wholeBytes: number;
  /** Bytes behind it, which a crash tore off. */
  readonly tornBytes: number;
}

/** SHA-256 of one ledger line, hexadecimal; the line comes without its line feed. */
export function lineHash(line: string | Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

/**
 * Reads ledger.jsonl and proves that no line was changed, added, moved or taken out before the last one. Cutting
 * whole lines off the end is only seen against the head in summary.json. Holds one line at a time: a ledger of an
 * archive is larger than the memory.
 * @param onRecord is given every record in turn
 * @throws {ImageDeidError} ledger-broken; whatever reading the file throws
 */
export async function readChain(
  path: string,
  onRecord: (record: ChainRecord) => void | Promise<void>,
): Promise<ChainEnd> {
  let [records, head, wholeBytes] = [0, CHAIN_START, 0];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, start)) {
      const line = rest.subarray(start, end);
      records++;
      const record = parseLink(line, records);
      if (record.seq !== records || record.prev !== head) throw broken(records);
      head = lineHash(line);
      await onRecord(record);
      start = end + 1;
    }
    wholeBytes += start;
    rest = rest.subarray(start);
  }
  return { records, head, wholeBytes, tornBytes: rest.length };
}

function parseLink(line: Buffer, number: number): ChainRecord {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    if (value !== null && typeof value === 'object') return value as ChainRecord;
  } catch (cause) {
    throw broken(number, cause);
  }
  throw broken(number);
}

function broken(line: number, cause?: unknown): ImageDeidError {
  return new ImageDeidError('ledger-broken', 'publish', `The ledger's chain is broken at line ${line}`, {
    cause,
  });
}
