import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';

/** The value of `prev` in the first record. */
export const CHAIN_START = '0'.repeat(64);
const LINE_FEED = 10;
const READ_BYTES = 2 ** 20;

const recordSchema = z.looseObject({
  /** From 1, without gaps. */
  seq: z.number(),
  /** SHA-256 of the previous line, without its line feed. */
  prev: z.string(),
  /** Fencing number of its writer; never less than in the line before. Absent in ledgers of earlier versions. */
  fence: z.number().optional(),
});
export type ChainRecord = Readonly<z.infer<typeof recordSchema>>;

/** Where a chain ends. */
export interface ChainEnd {
  readonly records: number;
  /** SHA-256 of the last line, `CHAIN_START` when there is none. */
  readonly head: string;
  /** Fencing number of the last record; 0 when there is none. */
  readonly fence: number;
  /** Bytes up to the end of the last whole line. */
  readonly wholeBytes: number;
  /** Bytes after it: a line torn by a crash. */
  readonly tornBytes: number;
}

/** Before the first line. */
const START: ChainEnd = { records: 0, head: CHAIN_START, fence: 0, wholeBytes: 0, tornBytes: 0 };

/** SHA-256 of one ledger line, hexadecimal; the line comes without its line feed. */
export function lineHash(line: string | Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

/**
 * Reads ledger.jsonl and proves that no line before the last one was changed, added, moved or taken out. Only the head
 * in summary.json can show that whole lines were cut off the end. Holds one line at a time: the ledger of an archive
 * may be larger than the memory.
 * @param onRecord is given every record in turn
 * @param from what has been read and proven before: only what follows is read
 * @throws {ImageDeidError} ledger-broken; whatever reading the file throws
 */
export async function readChain(
  path: string,
  onRecord: (record: ChainRecord) => void | Promise<void>,
  from?: ChainEnd,
): Promise<ChainEnd> {
  const { isBroken, ...end } = await readSoundChain(path, onRecord, from);
  if (!isBroken) return end;
  throw new ImageDeidError({ id: 'error/ledger-broken/chain', values: { line: end.records + 1 } }, 'publish');
}

/**
 * The same, up to the first line that is not sound.
 * @param onRecord returns false when the record is not sound
 * @returns where the sound part ends, and whether more follows: then `tornBytes` are all the bytes after it
 */
export async function readSoundChain(
  path: string,
  onRecord: (record: ChainRecord) => unknown,
  from = START,
): Promise<ChainEnd & { readonly isBroken: boolean }> {
  let { records, head, fence, wholeBytes } = from;
  // A ledger that is shorter than before is not its continuation.
  if ((await stat(path)).size < wholeBytes) return { ...from, isBroken: true };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { start: wholeBytes, highWaterMark: READ_BYTES })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, start)) {
      const line = rest.subarray(start, end);
      const record = parseLink(line);
      const fits = record?.seq === records + 1 && record.prev === head && (record.fence ?? 0) >= fence;
      if (!fits || (await onRecord(record)) === false) {
        const tornBytes = (await stat(path)).size - wholeBytes;
        return { records, head, fence, wholeBytes, tornBytes, isBroken: true };
      }
      records++;
      head = lineHash(line);
      fence = record.fence ?? 0;
      wholeBytes += end + 1 - start;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  return { records, head, fence, wholeBytes, tornBytes: rest.length, isBroken: false };
}

function parseLink(line: Buffer): ChainRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(line.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
