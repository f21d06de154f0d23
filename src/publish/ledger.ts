import { dirname } from 'node:path';
import { VERSION } from '../core/version.js';
import {
  LEDGER_SCHEMA,
  type LedgerDraft,
  type LedgerRecord,
  type RecordContent,
  type StoredRecord,
} from './contract.js';
import { PUBLIC_FILE, unlessAbsent } from './durable-files.js';
import { HeldFile } from './held-file.js';
import { takeLockSoon, type Lock } from './lock.js';
import { writing } from './output-errors.js';
import { CHAIN_START, lineHash, readChain, type ChainEnd, type ChainRecord } from './ledger-chain.js';
import { parseRecord } from './ledger-record.js';
import { keyBeside } from './run-key.js';
import { sealed } from './sealed.js';

/**
 * Adds one record to a ledger that belongs to no run and that nobody holds; its folder is locked meanwhile.
 * @throws {ImageDeidError} ledger-broken, output-locked, disk-full, output-unwritable
 */
export function appendToLedger(
  path: string,
  draft: LedgerDraft,
  more: Pick<LedgerRecord, 'overrideReason'> = {},
): Promise<LedgerRecord> {
  return writing(async () => {
    const lock = await takeLockSoon(dirname(path));
    try {
      const key = await keyBeside(path);
      const ledger = await Ledger.open(path, lock, () => undefined);
      return await ledger.append({ ...sealed(draft, key), ...more });
    } finally {
      await lock.release();
    }
  });
}

/**
 * The ledger of one output folder: records that are only ever added, each holding the hash of the one before. Records
 * are handed out as they are read, not kept.
 */
export class Ledger {
  private constructor(
    private readonly path: string,
    private readonly file: HeldFile,
    /** The fencing number of this process's records: never less than that of the records before. */
    private readonly fence: number,
    private count: number,
    private currentHead: string,
    /** Whether a crash had torn the last line; it is cut off and its photo treated again. */
    readonly wasTorn: boolean,
  ) {}

  /**
   * Opens or begins a ledger.
   * @param lock of its folder
   * @param onRecord is given every record that is there
   * @param from where an earlier reading ended: only what follows is read
   * @throws {ImageDeidError} ledger-broken
   */
  static async open(
    path: string,
    lock: Lock,
    onRecord: (record: StoredRecord) => void,
    from?: ChainEnd,
  ): Promise<Ledger> {
    const file = await HeldFile.open(path, PUBLIC_FILE, lock);
    const end = await Ledger.read(path, onRecord, from);
    if (!end) return new Ledger(path, file, lock.fence, 0, CHAIN_START, false);
    await file.cutTo(end.wholeBytes);
    const fence = Math.max(lock.fence, end.fence);
    return new Ledger(path, file, fence, end.records, end.head, end.tornBytes > 0);
  }

  /** SHA-256 of the last line. */
  get head(): string {
    return this.currentHead;
  }

  /** Where it ends now. */
  get end(): ChainEnd {
    const { count: records, currentHead: head, fence } = this;
    return { records, head, fence, wholeBytes: this.file.length, tornBytes: 0 };
  }

  /** How many records there are. */
  get length(): number {
    return this.count;
  }

  /**
   * Reads a ledger without opening it for writing; a line that is being written is left out.
   * @param from where an earlier reading ended: only what follows is read
   * @returns undefined when there is no ledger
   * @throws {ImageDeidError} ledger-broken
   */
  static read(
    path: string,
    onRecord: (record: StoredRecord) => void,
    from?: ChainEnd,
  ): Promise<ChainEnd | undefined> {
    const parsed = (record: ChainRecord) => {
      onRecord(parseRecord(record));
    };
    return unlessAbsent(readChain(path, parsed, from));
  }

  /** Reads every record again. @throws {ImageDeidError} ledger-broken when somebody has changed them meanwhile */
  async forEach(onRecord: (record: StoredRecord) => void): Promise<void> {
    await Ledger.read(this.path, onRecord);
  }

  /** Adds one record; it is on the disk when this returns. */
  async append(content: RecordContent): Promise<LedgerRecord> {
    const [record] = await this.appendAll([content]);
    if (record) return record;
    throw new Error('Expected a record');
  }

  /** Adds records in this order; they are on the disk when this returns. */
  async appendAll(contents: readonly RecordContent[]): Promise<LedgerRecord[]> {
    let head = this.currentHead;
    const lines: string[] = [];
    const records = contents.map((content, i): LedgerRecord => {
      const record: LedgerRecord = {
        schema: LEDGER_SCHEMA,
        seq: this.count + 1 + i,
        prev: head,
        fence: this.fence,
        tool: `image-deid ${VERSION}`,
        ...content,
      };
      const line = JSON.stringify(record);
      lines.push(line);
      head = lineHash(line);
      return record;
    });
    await this.file.append(lines);
    this.count += records.length;
    this.currentHead = head;
    return records;
  }
}
