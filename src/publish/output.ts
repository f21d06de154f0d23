import type { Language } from '../core/language.js';
import { Turns } from '../core/turns.js';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceEntry } from '../source/contract.js';
import type { Signing } from './check-before-signing.js';
import type { LedgerDraft, LedgerRecord } from './contract.js';
import { checkStaged } from './check-staged.js';
import { Ledger } from './ledger.js';
import { takeLock, type Lock } from './lock.js';
import { NameMap } from './name-map.js';
import { writing } from './output-errors.js';
import { prepareOutputPlace, type OutputPlace } from './output-place.js';
import { neutralName } from './neutral-name.js';
import { publishAll } from './publish-staged.js';
import { linesSetAside, repairOutput, type Repair } from './repair.js';
import { runKey, type RunKey } from './run-key.js';
import { sealed } from './sealed.js';
import type { StagedPhoto } from './staging.js';
import type { Summary } from './summary.js';
import { Tally } from './tally.js';
import { Together, type Written } from './together.js';
import { pathKey, Treated, type TreatedPhoto } from './treated.js';
import { writeReports } from './write-reports.js';
import { withdraw } from './withdraw.js';
import { writeSummary } from './write-summary.js';

/** The form of `source` when the photo could be read; otherwise it is an error code. */
const SHA256 = /^[0-9a-f]{64}$/;
/** Errors of a file that is certainly not what lay there before; others may pass. */
const OTHER_CONTENT: readonly string[] = ['empty-file', 'too-large', 'not-a-regular-file', 'outside-input'];
const FOLDERS = ['cleared', 'review'] as const;

/** How many photos are published in one step, and done again if a crash comes in between. */
const MOST_TOGETHER = 64;

/** A photo that is finished but for its final name and its record. */
interface FinishedPhoto {
  readonly entry: SourceEntry;
  readonly source: string;
  readonly draft: LedgerDraft;
  readonly staged: StagedPhoto | undefined;
}

/** What to do with what earlier runs left behind. */
export interface OpenOptions {
  /** Treat refused photos again. @default false */
  readonly retryRefused?: boolean;
  /** Set aside what does not fit a ledger whose chain is broken, instead of refusing the folder. @default false */
  readonly repair?: boolean;
}

/**
 * The output folder of one run, held by one process. Everything but staged files is written through this class. After a
 * crash at any moment, the same command goes on where it stopped.
 */
export class Output {
  /** Only one thing is written at a time, because the chain has only one end. */
  private readonly turns = new Turns();
  /** What fails for one photo here ends the run. */
  private readonly together = new Together<FinishedPhoto, LedgerRecord>(
    MOST_TOGETHER,
    // What comes later at the same place replaces what came before.
    ({ entry }) => pathKey(entry),
    (take) => this.inTurn(() => this.publishTogether(take())),
  );

  private constructor(
    private readonly place: OutputPlace,
    private readonly ledger: Ledger,
    private readonly names: NameMap,
    private readonly treated: Treated,
    private readonly tally: Tally,
    private readonly lock: Lock,
    private readonly key: RunKey,
    /** Refusals up to this record are treated again. */
    private readonly retriesUpTo: number,
    /** Lines that were set aside after the last record: the next record says so. */
    private setAside: number,
    /** What was set aside when the folder was opened. */
    readonly repaired: Repair,
  ) {}

  /**
   * @param settings hash of what decides about every photo; a folder goes on only with the same settings
   * @throws {ImageDeidError} output-inside-input, output-not-empty, output-locked, output-unwritable, disk-full,
   * ledger-broken, usage
   */
  static async open(
    folder: string,
    entries: readonly SourceEntry[],
    settings: string,
    { retryRefused = false, repair = false }: OpenOptions = {},
  ): Promise<Output> {
    const place = await prepareOutputPlace(folder, entries, settings);
    const lock = await writing(() => takeLock(place.state));
    try {
      return await writing(async () => {
        const repaired = repair ? await repairOutput(place, lock) : { lines: 0, photos: 0 };
        const key = await runKey(place.state);
        const tally = new Tally();
        const published = new Set<string>();
        // Numbers of decisions, by which the name map has them too; and of what counts no more.
        const decided = new Map<number, number>();
        const [replaced, retried] = [new Set<number>(), new Set<number>()];
        const ledger = await Ledger.open(place.ledger, lock, (record) => {
          tally.add(record);
          const { seq, output, decisionOf, replaces, retryOf } = record;
          if (output) published.add(output.name);
          if (decisionOf !== undefined) decided.set(seq, decisionOf);
          if (replaces !== undefined) replaced.add(replaces);
          if (retryOf !== undefined) retried.add(retryOf);
        });
        // When a number occurs twice, the photo of its first line was interrupted.
        const lines = new Map<number, Parameters<Parameters<typeof NameMap.open>[2]>[0]>();
        const interrupted: string[] = [];
        const names = await NameMap.open(place.names, lock, (line) => {
          const { seq, name } = line;
          if (seq <= ledger.length) lines.set(seq, line);
          if (name !== undefined && !published.has(name)) interrupted.push(name);
        });
        const treated = new Treated();
        for (const [line, { path, source, name }] of lines) {
          const seq = decided.get(line) ?? line;
          if (replaced.has(seq)) {
            // A crash may have come between the record and this.
            if (name !== undefined) await withdraw(place, name);
          } else if (!retried.has(seq))
            treated.add(path, { seq, source, ...(name !== undefined && { name }) });
        }
        await removeUnrecorded(place, interrupted);
        const retriesUpTo = retryRefused ? ledger.length : 0;
        const setAside = await linesSetAside(place, ledger.length);
        return new Output(place, ledger, names, treated, tally, lock, key, retriesUpTo, setAside, repaired);
      });
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  get folder(): string {
    return this.place.folder;
  }

  /** Where finished photos wait to be published (`StagingPlace`). */
  get staging(): string {
    return this.place.staging;
  }

  /** Whether a crash had torn the last line of the ledger, which has been repaired. */
  get wasTorn(): boolean {
    return this.ledger.wasTorn;
  }

  /**
   * What needs no treatment at an entry's path any more: the SHA-256 of photos that were found there, and the codes of
   * errors that kept them from being read.
   */
  knownOf(entry: SourceEntry): string[] {
    const all = this.treated.at(pathKey(entry));
    return all.filter(({ seq }) => !this.isToRetry(seq)).map(({ source }) => source);
  }

  /**
   * Checks whether a staged photo may be published; removes it if not.
   * @throws {ImageDeidError} unclean-output; output-locked
   */
  check(staged: StagedPhoto): Promise<void> {
    return this.inTurn(async () => {
      try {
        await checkStaged(this.place.staging, staged);
      } catch (error) {
        for (const name of [staged.photo, staged.plain, staged.outlined ?? staged.plain])
          await rm(join(this.place.staging, name), { force: true });
        throw error;
      }
    });
  }

  /**
   * Gives a staged photo its final name and adds the record. Photos that come while others are written are written
   * together afterwards: each step waits for the disk once for all of them.
   * @param source SHA-256 of the photo, or the code of the error that kept it from being read
   * @throws {ImageDeidError} output-unwritable, disk-full, output-locked
   */
  publish(
    entry: SourceEntry,
    source: string,
    draft: LedgerDraft,
    staged?: StagedPhoto,
  ): Promise<LedgerRecord> {
    return this.together.add({ entry, source, draft, staged });
  }

  /**
   * Writes the reports and summary.json of everything in the ledger, and signs the summary, which holds the ledger's head.
   * @param signing of `checkBeforeSigning`, called when the folder was opened
   * @param beside files that lie beside the photos and stay behind
   */
  finish(interrupted: boolean, signing?: Signing, language: Language = 'en', beside = 0): Promise<Summary> {
    return this.inTurn(async () => {
      await this.lock.prove();
      const files = await writeReports(this.place, this.ledger, this.tally, interrupted, language);
      await this.lock.prove();
      return writeSummary(this.place, this.tally, this.ledger, interrupted, files, signing, beside);
    });
  }

  /** Releases the folder. After this, nobody may stage anything. */
  async close(): Promise<void> {
    // If the folder was taken over, what is staged there belongs to another process.
    await this.inTurn(() => emptyFolder(this.place.staging)).catch(() => undefined);
    await this.lock.release();
  }

  /** Writes while the folder is ours. If it no longer is, any failure (a staged file is gone) is reported as that. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.take(() =>
      writing(async () => {
        await this.lock.prove();
        try {
          return await work();
        } catch (error) {
          await this.lock.prove();
          throw error;
        }
      }),
    );
  }

  /** The refusal that a new record replaces: one to be tried again, or of a photo that could not be read then. */
  private replacedBy(path: string, source: string): number | undefined {
    const earlier = this.treated.at(path).filter(({ seq }) => this.tally.isRefused(seq));
    return earlier.find(({ seq, source: before }) =>
      before === source ? this.isToRetry(seq) : !SHA256.test(before),
    )?.seq;
  }

  /** The photo that lay at the path until this one took its place. */
  private withdrawnBy(path: string, source: string, retryOf: number | undefined): TreatedPhoto | undefined {
    if (!SHA256.test(source) && !OTHER_CONTENT.includes(source)) return undefined;
    return this.treated
      .at(path)
      .findLast(({ seq, source: before }) => before !== source && seq !== retryOf && SHA256.test(before));
  }

  private isToRetry(seq: number): boolean {
    return seq <= this.retriesUpTo && this.tally.isRefused(seq);
  }

  private async publishTogether(together: readonly FinishedPhoto[]): Promise<Written<LedgerRecord>> {
    const first = this.ledger.length + 1;
    const photos = together.map(({ entry, source, draft, staged }, i) => {
      const path = pathKey(entry);
      const retryOf = this.replacedBy(path, source);
      const replaced = entry.isReplacement ? this.withdrawnBy(path, source, retryOf) : undefined;
      const name = staged && neutralName(staged.extension);
      return { seq: first + i, entry, path, source, draft, staged, name, retryOf, replaced };
    });
    // The names come before the files: the next run finds and removes whatever is interrupted here.
    await this.names.append(
      photos.map(({ seq, entry, source, name }) => ({ seq, path: entry.path, source, name })),
    );
    const { files, failure } = await publishAll(
      this.place,
      photos.map(({ seq, draft, staged, name }) =>
        staged && name !== undefined
          ? { name, outcome: draft.outcome, staged, thumbnailsOf: seq }
          : undefined,
      ),
    );
    const published = photos.slice(0, files.length);
    const results = await this.ledger.appendAll(
      published.map(({ draft, retryOf, replaced }, i) => ({
        ...(retryOf !== undefined && { retryOf }),
        ...(replaced && { replaces: replaced.seq }),
        ...(i === 0 && this.setAside > 0 && { setAside: this.setAside }),
        ...sealed(draft, this.key),
        ...(files[i] && { output: files[i] }),
      })),
    );
    if (results.length > 0) this.setAside = 0;
    for (const [i, { path, source, retryOf, replaced }] of published.entries()) {
      const record = results[i];
      if (!record) continue;
      for (const gone of [retryOf, replaced?.seq]) if (gone !== undefined) this.treated.remove(path, gone);
      const { seq, output } = record;
      this.treated.add(path, { seq, source, ...(output && { name: output.name }) });
      this.tally.add(record);
    }
    for (const { replaced } of published) {
      if (replaced?.name === undefined) continue;
      await this.lock.prove();
      await withdraw(this.place, replaced.name);
    }
    return { results, failure };
  }
}

/** Removes what an interrupted run left: staged files, and published ones whose record was never written. */
async function removeUnrecorded(place: OutputPlace, names: readonly string[]): Promise<void> {
  await emptyFolder(place.staging);
  for (const name of names) {
    for (const folder of FOLDERS) await rm(join(place.folder, folder, name), { force: true });
  }
}

async function emptyFolder(folder: string): Promise<void> {
  for (const file of await readdir(folder)) await rm(join(folder, file), { force: true });
}
