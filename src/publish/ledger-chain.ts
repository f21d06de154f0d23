import { createHash } from 'node:crypto';
import { ImageDeidError } from '../core/errors.js';

/** What stands in `prev` of the first record. */
export const CHAIN_START = '0'.repeat(64);

export interface ChainLink {
  /** From 1, without gaps. */
  readonly seq: number;
  /** SHA-256 of the line before, without its line feed. */
  readonly prev: string;
}

export interface ReadChain {
  readonly records: readonly (ChainLink & Readonly<Record<string, unknown>>)[];
  /** SHA-256 of the last line, `CHAIN_START` when there is none. */
  readonly head: string;
  /** Bytes up to the end of the last whole line; what follows was torn off by a crash. */
  readonly wholeBytes: number;
}

/** SHA-256 of one ledger line, hexadecimal; the line comes without its line feed. */
export function lineHash(line: string | Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

/**
 * Reads ledger.jsonl and proves that no line was changed, added, moved or taken out before the last one. Cutting
 * whole lines off the end is only seen against the head in summary.json.
 * @throws {ImageDeidError} ledger-broken
 */
export function readChain(ledger: Buffer): ReadChain {
  const wholeBytes = ledger.lastIndexOf(10) + 1;
  const records: ReadChain['records'][number][] = [];
  let head = CHAIN_START;
  for (let start = 0; start < wholeBytes;) {
    const end = ledger.indexOf(10, start);
    const line = ledger.subarray(start, end);
    const record = parseLink(line, records.length + 1);
    if (record.seq !== records.length + 1 || record.prev !== head) throw broken(records.length + 1);
    records.push(record);
    head = lineHash(line);
    start = end + 1;
  }
  return { records, head, wholeBytes };
}

function parseLink(line: Buffer, number: number): ReadChain['records'][number] {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    if (value !== null && typeof value === 'object') return value as ReadChain['records'][number];
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
