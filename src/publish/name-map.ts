import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import { PRIVATE_FILE, unlessAbsent } from './durable-files.js';
import { HeldFile } from './held-file.js';
import type { Lock } from './lock.js';
import { outputName } from './output-name.js';

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
   * @returns bytes up to the end of the last whole line
   * @throws {ImageDeidError} ledger-broken, when a whole line is not one that this tool writes
   */
  static async read(file: string, onLine: (line: NameMapLine) => void): Promise<number> {
    const bytes = (await unlessAbsent(readFile(file))) ?? Buffer.alloc(0);
    const whole = bytes.lastIndexOf(10) + 1;
    for (let start = 0, line = 1; start < whole; line++) {
      const end = bytes.indexOf(10, start);
      onLine(parseLine(bytes.toString('utf8', start, end), line));
      start = end + 1;
    }
    return whole;
  }

  async append(seq: number, path: Buffer, source: string, name: string | undefined): Promise<void> {
    const line: NameMapLine = {
      seq,
      path: path.toString('base64'),
      source,
      ...(name !== undefined && { name }),
    };
    await this.file.append(JSON.stringify(line));
  }
}

function parseLine(text: string, line: number): NameMapLine {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/ledger-broken/names', values: { line } }, 'publish', { cause });
  }
}
