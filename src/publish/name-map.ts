import { readFile, truncate } from 'node:fs/promises';
import { z } from 'zod';
import { appendLine, PRIVATE_FILE, unlessAbsent } from './durable-files.js';

const lineSchema = z.object({
  seq: z.number(),
  /** Base64 of the path's bytes: a name need not be UTF-8. */
  path: z.string(),
  /** What was treated: the source's SHA-256, or the code of the error that kept it from being read. */
  source: z.string(),
  /** Absent when nothing was published. */
  name: z.string().optional(),
});
type NameMapLine = z.infer<typeof lineSchema>;

/** Which source became which photo: the only place where a source's name is written, readable by its owner alone. */
export class NameMap {
  private constructor(private readonly file: string) {}

  /**
   * @param onLine is given every line that is there. One with a number beyond the ledger's last record is of a photo
   * that was interrupted; a later line with the same number replaces it.
   */
  static async open(file: string, onLine: (line: NameMapLine) => void): Promise<NameMap> {
    const bytes = await unlessAbsent(readFile(file));
    if (!bytes) return new NameMap(file);
    const whole = bytes.lastIndexOf(10) + 1;
    // What the next line would be glued to.
    if (whole < bytes.length) await truncate(file, whole);
    for (let start = 0; start < whole;) {
      const end = bytes.indexOf(10, start);
      const parsed = lineSchema.safeParse(parseJson(bytes.toString('utf8', start, end)));
      if (parsed.success) onLine(parsed.data);
      start = end + 1;
    }
    return new NameMap(file);
  }

  async append(seq: number, path: Buffer, source: string, name: string | undefined): Promise<void> {
    const line: NameMapLine = {
      seq,
      path: path.toString('base64'),
      source,
      ...(name !== undefined && { name }),
    };
    await appendLine(this.file, JSON.stringify(line), PRIVATE_FILE);
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
