import { truncate } from 'node:fs/promises';
import { VERSION } from '../core/version.js';
import { LEDGER_SCHEMA, type LedgerDraft, type LedgerRecord } from './contract.js';
import { appendLine, PUBLIC_FILE, readIfThere } from './durable-files.js';
import { lineHash, readChain } from './ledger-chain.js';

/** The ledger of one output folder: records that are only ever added, each holding the hash of the one before. */
export class Ledger {
  private constructor(
    private readonly path: string,
    private readonly written: LedgerRecord[],
    private currentHead: string,
  ) {}

  /**
   * Opens or begins a ledger. A last line that a crash tore off is cut away; its photo is treated again.
   * @throws {ImageDeidError} ledger-broken
   */
  static async open(path: string): Promise<Ledger> {
    const bytes = (await readIfThere(path)) ?? Buffer.alloc(0);
    const { records, head, wholeBytes } = readChain(bytes);
    if (wholeBytes < bytes.length) await truncate(path, wholeBytes);
    return new Ledger(path, [...(records as unknown as LedgerRecord[])], head);
  }

  get records(): readonly LedgerRecord[] {
    return this.written;
  }

  /** SHA-256 of the last line. */
  get head(): string {
    return this.currentHead;
  }

  get nextSeq(): number {
    return this.written.length + 1;
  }

  /** Adds one record; it is on the disk when this returns. */
  async append(draft: LedgerDraft): Promise<LedgerRecord> {
    const record: LedgerRecord = {
      schema: LEDGER_SCHEMA,
      seq: this.nextSeq,
      prev: this.currentHead,
      tool: `image-deid ${VERSION}`,
      ...draft,
    };
    const line = JSON.stringify(record);
    await appendLine(this.path, line, PUBLIC_FILE);
    this.written.push(record);
    this.currentHead = lineHash(line);
    return record;
  }
}
