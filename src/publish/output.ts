import { randomBytes, type KeyObject } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Redaction } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';
import type { SourceEntry } from '../source/contract.js';
import type { LedgerDraft, LedgerRecord, PublishedFile } from './contract.js';
import { PRIVATE_FILE, publishFile, replaceFile, writeNew } from './durable-files.js';
import { Ledger } from './ledger.js';
import { takeLock } from './lock.js';
import { NameMap } from './name-map.js';
import { writing } from './output-errors.js';
import { prepareOutputPlace, type OutputPlace } from './output-place.js';
import { renderReport, type ReportEntry } from './report.js';
import { SIGNATURE_FILE, signatureOf } from './signature.js';
import { summarise, type Summary } from './summary.js';
import { makeThumbnails } from './thumbnails.js';

/** 64 random bits say nothing and do not repeat by chance; if they did, publishing would fail, not overwrite. */
const NAME_BYTES = 8;
/** A report with more pictures is too heavy for a browser; what a person must look at comes first. */
const MOST_PICTURES = 500;
const FOLDERS = ['cleared', 'review'] as const;

/** A staged file that may be published, and its redacted pixels for the report. */
export interface FinishedFile {
  readonly facts: Omit<PublishedFile, 'name'>;
  /** Without a dot. */
  readonly extension: string;
  /** Of the first frame. */
  readonly pixels: PixelImage;
  readonly redactions: readonly Redaction[];
}

/**
 * The output folder of one run, held by one process. Everything that is written goes through here; after a crash at
 * any moment the same command goes on where it stopped.
 */
export class Output {
  private staged: string | undefined;

  private constructor(
    private readonly place: OutputPlace,
    private readonly ledger: Ledger,
    private readonly names: NameMap,
    private readonly treated: Set<string>,
    private readonly unlock: () => Promise<void>,
  ) {}

  /**
   * @param settings hash of what decides about every photo; a folder goes on only with the same
   * @throws {ImageDeidError} output-inside-input, output-not-empty, output-locked, output-unwritable, disk-full,
   * ledger-broken, usage
   */
  static async open(folder: string, entries: readonly SourceEntry[], settings: string): Promise<Output> {
    const place = await prepareOutputPlace(folder, entries, settings);
    const unlock = await writing(() => takeLock(place.state));
    try {
      const ledger = await writing(() => Ledger.open(place.ledger));
      const names = await writing(() => NameMap.open(place.names));
      await writing(() => removeUnrecorded(place, ledger, names));
      return new Output(place, ledger, names, names.treated(ledger.records.length), unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  get folder(): string {
    return this.place.folder;
  }

  /** What has a record: of this run and of earlier ones into the same folder. */
  get records(): readonly LedgerRecord[] {
    return this.ledger.records;
  }

  /** @param source SHA-256 of the photo, or the code of the error that kept it from being read */
  has(entry: SourceEntry, source: string): boolean {
    return this.treated.has(key(entry, source));
  }

  /** Writes a file to a private place and gives back what a fresh read returns. */
  async stage(bytes: Uint8Array, extension: string): Promise<Uint8Array> {
    return writing(async () => {
      await this.discard();
      this.staged = join(this.place.staging, `photo.${extension}`);
      await writeNew(this.staged, bytes, PRIVATE_FILE);
      return readFile(this.staged);
    });
  }

  /** Removes what is staged, if anything is. */
  async discard(): Promise<void> {
    if (this.staged !== undefined) await rm(this.staged, { force: true });
    this.staged = undefined;
  }

  /**
   * Gives the staged file its final name and adds the record; without `file`, removes what is staged.
   * @throws {ImageDeidError} output-unwritable, disk-full
   */
  async publish(
    entry: SourceEntry,
    source: string,
    draft: Omit<LedgerDraft, 'output'>,
    file?: FinishedFile,
  ): Promise<LedgerRecord> {
    return writing(async () => {
      const seq = this.ledger.nextSeq;
      if (!file || this.staged === undefined) {
        await this.discard();
        await this.names.append(seq, entry.path, source, undefined);
        this.treated.add(key(entry, source));
        return this.ledger.append(draft);
      }
      const name = `${randomBytes(NAME_BYTES).toString('hex')}.${file.extension}`;
      // The name is known before the file has it: whatever is interrupted here is found and removed by the next run.
      await this.names.append(seq, entry.path, source, name);
      await publishFile(this.staged, join(this.place.folder, draft.outcome, name));
      this.staged = undefined;
      await this.writeThumbnails(seq, file);
      this.treated.add(key(entry, source));
      return this.ledger.append({ ...draft, output: { name, ...file.facts } });
    });
  }

  /**
   * Writes summary.json and report.html of everything in the ledger, and signs the summary, which holds the ledger's head.
   * @param key of Ed25519, private
   */
  async finish(interrupted: boolean, key?: KeyObject): Promise<Summary> {
    const summary = summarise(this.records, this.ledger.head, interrupted);
    return writing(async () => {
      const text = Buffer.from(`${JSON.stringify(summary, null, 2)}\n`);
      const signature = join(this.place.folder, SIGNATURE_FILE);
      await replaceFile(join(this.place.folder, 'summary.json'), text);
      // An earlier signature is of an earlier summary.
      if (key) await replaceFile(signature, signatureOf(text, key));
      else await rm(signature, { force: true });
      await replaceFile(
        join(this.place.folder, 'report.html'),
        renderReport(summary, await this.reportEntries()),
      );
      return summary;
    });
  }

  /** Gives the folder free. */
  async close(): Promise<void> {
    await this.discard();
    await this.unlock();
  }

  private async writeThumbnails(seq: number, { pixels, redactions }: FinishedFile): Promise<void> {
    const { plain, outlined } = await makeThumbnails(pixels, redactions);
    for (const [kind, jpeg] of [
      ['plain', plain],
      ['outlined', outlined],
    ] as const) {
      const path = this.thumbnail(seq, kind);
      await rm(path, { force: true });
      if (jpeg) await writeNew(path, jpeg, PRIVATE_FILE);
    }
  }

  private thumbnail(seq: number, kind: 'plain' | 'outlined'): string {
    return join(this.place.thumbnails, `${seq}-${kind}.jpg`);
  }

  private async reportEntries(): Promise<ReportEntry[]> {
    const shown = [...this.records]
      .filter(({ output }) => output)
      .sort((a, b) => Number(a.outcome === 'cleared') - Number(b.outcome === 'cleared'))
      .slice(0, MOST_PICTURES)
      .map(({ seq }) => seq);
    const withPictures = new Set(shown);
    const entries: ReportEntry[] = [];
    for (const record of this.records) {
      const picture = async (kind: 'plain' | 'outlined') =>
        withPictures.has(record.seq)
          ? readFile(this.thumbnail(record.seq, kind), 'base64').catch(() => undefined)
          : undefined;
      const [plain, outlined] = [await picture('plain'), await picture('outlined')];
      entries.push({
        record,
        ...(plain !== undefined && { plain }),
        ...(outlined !== undefined && { outlined }),
      });
    }
    return entries;
  }
}

function key({ path }: SourceEntry, source: string): string {
  return `${path.toString('base64')} ${source}`;
}

/** Removes what an interrupted run left: staged files, and published ones whose record was never written. */
async function removeUnrecorded(place: OutputPlace, ledger: Ledger, names: NameMap): Promise<void> {
  for (const file of await readdir(place.staging)) await rm(join(place.staging, file), { force: true });
  const recorded = new Set(ledger.records.map(({ output }) => output?.name));
  for (const name of names.names) {
    if (recorded.has(name) || name !== basename(name)) continue;
    for (const folder of FOLDERS) await rm(join(place.folder, folder, name), { force: true });
  }
}
