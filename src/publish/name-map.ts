import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { appendLine, PRIVATE_FILE } from './durable-files.js';

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
  private constructor(
    private readonly file: string,
    private readonly lines: NameMapLine[],
  ) {}

  /** Lines beyond the ledger's last record are of photos that were interrupted: their names are known, no more. */
  static async open(file: string): Promise<NameMap> {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    const lines = text.split('\n').flatMap((line) => {
      const parsed = lineSchema.safeParse(parseJson(line));
      return parsed.success ? [parsed.data] : [];
    });
    return new NameMap(file, lines);
  }

  /** Every name that was ever chosen, published or not. */
  get names(): ReadonlySet<string> {
    return new Set(this.lines.flatMap(({ name }) => name ?? []));
  }

  /** "path source" of everything that has one of the first `records` records. */
  treated(records: number): Set<string> {
    // A later line with the same number replaces one whose photo was interrupted.
    const bySeq = new Map(this.lines.filter(({ seq }) => seq <= records).map((line) => [line.seq, line]));
    return new Set([...bySeq.values()].map(({ path, source }) => `${path} ${source}`));
  }

  async append(seq: number, path: Buffer, source: string, name: string | undefined): Promise<void> {
    const line: NameMapLine = {
      seq,
      path: path.toString('base64'),
      source,
      ...(name !== undefined && { name }),
    };
    await appendLine(this.file, JSON.stringify(line), PRIVATE_FILE);
    this.lines.push(line);
  }
}

/** A line that a crash tore is no JSON; its photo has no ledger record either. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
