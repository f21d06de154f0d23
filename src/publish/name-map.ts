import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import { PRIVATE_FILE, unlessAbsent } from './durable-files.js';
import { HeldFile } from './held-file.js';
import type { Lock } from './lock.js';
import { outputName } from './output-name.js';

const LINE_FEED = 10;
const READ_BYTES = 2 ** 20;

const lineSchema = z.object({
  seq: z.number().int().positive(),
  /** Base64 of the path's bytes: a name need not be UTF-8. */
  path: z.base64(),
  /** What was treated: the source's SHA-256, or the code of the error that kept it from being read. */
  source: z.string(),
  /** Absent when nothing was published. */
  name: outputName.optional(),
});
type NameMapLine = z.infer<typeof lineSchema>;

/** The record that a photo will have. */
export interface RecordToBe {
  readonly seq: number;
  readonly path: Buffer;
  /** SHA-256 of the photo, or the code of the error that kept it from being read. */
  readonly source: string;
  /** Absent when nothing is published. */
  readonly name: string | undefined;
}

/** Which source became which photo: the only place where a source's name is written, readable by its owner alone. */
export class NameMap {
  private constructor(private readonly file: HeldFile) {}

  /**
   * Opens or begins a name map; a last line that a crash tore is cut off.
   * @param lock of its folder
   * @param onLine is given every line that is there
   * @throws {ImageDeidError} ledger-broken
   */
  static async open(path: string, lock: Lock, onLine: (line: NameMapLine) => void): Promise<NameMap> {
    const file = await HeldFile.open(path, PRIVATE_FILE, lock);
    // Otherwise the next line would be glued to the torn one.
    await file.cutTo(await NameMap.read(path, onLine));
    return new NameMap(file);
  }

  /**
   * Reads the map without opening it for writing: somebody else may be writing.
   * @param onLine is given every whole line. A line with a number beyond the ledger's last record belongs to a photo
   * that was interrupted; a later line with the same number replaces it.
   * @param from bytes that were read before
   * @returns bytes up to the end of the last whole line
   * @throws {ImageDeidError} ledger-broken, when a whole line is not one that this tool writes
   */
  static async read(file: string, onLine: (line: NameMapLine) => void, from = 0): Promise<number> {
    return (await unlessAbsent(readLines(file, onLine, from))) ?? 0;
  }

  /** Adds a line for each photo; they are on the disk when this returns. */
  async append(photos: readonly RecordToBe[]): Promise<void> {
    const lines = photos.map(({ seq, path, source, name }): NameMapLine => ({
      seq,
      path: path.toString('base64'),
      source,
      ...(name !== undefined && { name }),
    }));
    await this.file.append(lines.map((line) => JSON.stringify(line)));
  }
}

/** Holds one piece of the file at a time: the map of an archive may be larger than the longest buffer. */
async function readLines(file: string, onLine: (line: NameMapLine) => void, from: number): Promise<number> {
  let [whole, line] = [from, 1];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { start: from, highWaterMark: READ_BYTES })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, start)) {
      onLine(parseLine(rest.toString('utf8', start, end), line++));
      start = end + 1;
    }
    rest = rest.subarray(start);
    whole += start;
  }
  return whole;
}

function parseLine(text: string, line: number): NameMapLine {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/ledger-broken/names', values: { line } }, 'publish', { cause });
  }
}
