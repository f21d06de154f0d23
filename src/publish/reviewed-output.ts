import { lstat, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import type { GateFinding } from '../core/findings.js';
import type { Language } from '../core/language.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import { Turns } from '../core/turns.js';
import { formatById, proveEncoding } from '../formats/index.js';
import { isLaxer } from '../risk/index.js';
import { walkContainer } from '../verify/index.js';
import type { LedgerDraft, StoredRecord, Outcome, ShownFrames } from './contract.js';
import { unlessAbsent } from './durable-files.js';
import { lineHash } from './ledger-chain.js';
import type { Ledger } from './ledger.js';
import { takeLockSoon, type Lock } from './lock.js';
import { NameMap } from './name-map.js';
import { neutralName } from './neutral-name.js';
import { writing } from './output-errors.js';
import { outputPlace, thumbnail, type OutputPlace } from './output-place.js';
import { publishStaged } from './publish-staged.js';
import { ReviewedLedger, type Original } from './reviewed-ledger.js';
import type { ReviewedPhoto, SettledPhoto } from './reviewed-photos.js';
import { runKey } from './run-key.js';
import { repeated, sealed } from './sealed.js';
import type { StagedPhoto } from './staging.js';
import { summarySchema } from './summary.js';
import { writeReports } from './write-reports.js';
import { writeSummary } from './write-summary.js';

const REJECTED: GateFinding = { id: 'gate/rejected', values: {} };
const UNKNOWN: Original = { path: '', sourceId: '' };

/** What a person decides. */
export interface ReviewDecision {
  readonly outcome: Outcome;
  /** Their initials. */
  readonly reviewer: string;
  readonly overrideReason?: string;
  /** What they were shown of a photo of several frames. */
  readonly shown?: ShownFrames;
  /** Replaces the photo by one on which other things were covered. */
  readonly edited?: { readonly staged: StagedPhoto; readonly draft: LedgerDraft };
}

/**
 * A finished output folder whose photos people look at. Nobody holds it for long: each decision locks the folder for a
 * moment, so that several reviewers can work on one folder.
 */
export class ReviewedOutput {
  private known: ReviewedLedger;
  /** Only one reads at a time. */
  private readonly turns = new Turns();

  private constructor(
    private readonly place: OutputPlace,
    private readonly language: Language,
  ) {
    this.known = new ReviewedLedger(place);
  }

  /**
   * @param language of the reports that are rewritten after a decision
   * @throws {ImageDeidError} usage when the folder is not the output of a run, or its state is gone; ledger-broken
   */
  static async open(folder: string, language: Language = 'en'): Promise<ReviewedOutput> {
    const place = outputPlace(folder);
    for (const path of [place.ledger, place.names]) {
      if (await lstat(path).catch(() => undefined)) continue;
      throw new ImageDeidError({ id: 'error/usage/not-reviewable', values: {} }, 'usage');
    }
    const output = new ReviewedOutput(place, language);
    await output.refresh();
    await output.finishMoves();
    return output;
  }

  /** Where changed photos wait (`StagingPlace`). */
  get staging(): string {
    return this.place.staging;
  }

  /** Every photo that was sent to review, in the order of the ledger. @throws {ImageDeidError} ledger-broken */
  async list(): Promise<readonly ReviewedPhoto[]> {
    await this.refresh();
    return [...this.known.photos.values()];
  }

  /** Every photo that the tool cleared or refused itself, in the order of the ledger. @throws as `list` */
  async others(): Promise<readonly SettledPhoto[]> {
    await this.refresh();
    return [...this.known.settled.values()];
  }

  /** Any photo of the run, to be looked at. @throws {ImageDeidError} usage when there is none of that number */
  async any(seq: number): Promise<SettledPhoto> {
    await this.refresh();
    return this.known.settled.get(seq) ?? this.photo(seq);
  }

  /** How many photos of the whole run have each outcome. */
  async counts(): Promise<Readonly<Record<Outcome, number>>> {
    await this.refresh();
    return { ...this.known.tally.outcomes };
  }

  /** @throws {ImageDeidError} usage when there is no photo of that number */
  async photo(seq: number): Promise<ReviewedPhoto> {
    await this.refresh();
    const photo = this.known.photos.get(seq);
    if (photo) return photo;
    throw new ImageDeidError({ id: 'error/usage/no-such-photo', values: {} }, 'usage');
  }

  /** The photo's bytes as they were written. @throws {ImageDeidError} unclean-output when they have changed */
  async read({ outcome, output }: SettledPhoto): Promise<Buffer> {
    const bytes = output && (await unlessAbsent(readFile(this.pathOf(outcome, output.name))));
    if (bytes && lineHash(bytes) === output.sha256) return bytes;
    throw new ImageDeidError({ id: 'error/unclean-output/changed', values: {} }, 'verify');
  }

  /** A small view with outlines of what was covered, as JPEG; undefined when there is none. */
  async outlined({ record }: SettledPhoto): Promise<Buffer | undefined> {
    return unlessAbsent(readFile(thumbnail(this.place, record.seq, 'outlined')));
  }

  /** Where the original lay, as bytes of the file system; undefined when that is unknown. */
  sourcePath({ record }: SettledPhoto): Buffer | undefined {
    const original = this.known.originals.get(record.seq);
    return original && Buffer.from(original.path, 'base64');
  }

  /** Whether a photo is the one that the record is about. @param sha256 of the photo's file */
  isOriginal({ record }: SettledPhoto, sha256: string | null): boolean {
    return sha256 !== null && this.known.originals.get(record.seq)?.sourceId === sha256;
  }

  /**
   * Writes a decision into the ledger and moves the photo. What is let out is checked once more: the file must be the
   * one that was checked before, and its container must hold nothing else.
   * @param seen the photo as the person saw it
   * @throws {ImageDeidError} not-cleared, when it is for a destination that accepts more than the run's, without a
   * reason; decided, when somebody else has decided meanwhile; unclean-output; output-locked,
   * output-unwritable, disk-full
   */
  async decide(seen: ReviewedPhoto, decision: ReviewDecision): Promise<ReviewedPhoto> {
    assertWithinRun(seen, decision);
    const lock = await takeLockSoon(this.place.state);
    try {
      return await writing(async () => {
        const ledger = await this.openLedger(lock);
        const { photos, tally } = this.known;
        const { seq } = seen.record;
        const now = photos.get(seq);
        if (!now || now.decision?.seq !== seen.decision?.seq) {
          throw new ImageDeidError({ id: 'error/decided/meanwhile', values: {} }, 'publish');
        }
        await moveAll(this.place, this.known, lock);
        if (decision.outcome === 'cleared' && !decision.edited) await this.proveClean(now);
        await this.turns.take(async () => {
          this.known.written(ledger, await this.write(ledger, lock, now, decision));
        });
        await moveAll(this.place, this.known, lock);
        const files = await writeReports(this.place, ledger, tally, false, this.language);
        await lock.prove();
        // Only the holder of the key can sign: "run --sign --adopt-unsigned", with no photo left to treat.
        await writeSummary(this.place, tally, ledger, false, files);
        return photos.get(seq) ?? now;
      });
    } finally {
      await lock.release();
    }
  }

  private async write(
    ledger: Ledger,
    lock: Lock,
    now: ReviewedPhoto,
    decision: ReviewDecision,
  ): Promise<StoredRecord> {
    const { outcome, reviewer, overrideReason, shown, edited } = decision;
    const { models, risk } = now.made;
    const key = await runKey(this.place.state);
    const about = {
      decisionOf: now.record.seq,
      reviewer,
      ...(overrideReason !== undefined && { overrideReason }),
      ...(shown && { shown }),
    };
    const names = await NameMap.open(this.place.names, lock, () => undefined);
    const { path, sourceId } = this.known.originals.get(now.record.seq) ?? UNKNOWN;
    const toBe = { seq: ledger.length + 1, path: Buffer.from(path, 'base64'), source: sourceId };
    if (edited) {
      const { staged } = edited;
      const name = neutralName(staged.extension);
      await names.append([{ ...toBe, name }]);
      const photo = { name, outcome, staged, thumbnailsOf: about.decisionOf };
      const output = await publishStaged(this.place, photo);
      const record = await ledger.append({ ...sealed(edited.draft, key), outcome, output, ...about });
      await rm(this.pathOf(now.outcome, now.output.name), { force: true });
      return record;
    }
    // An interrupted photo may have left a line with this number, and would count as treated.
    await names.append([{ ...toBe, name: outcome === 'refused' ? undefined : now.output.name }]);
    return ledger.append({
      ...repeated(now.made, key),
      outcome,
      reasons: outcome === 'refused' ? [REJECTED] : [],
      ...(outcome !== 'refused' && { output: now.output }),
      ...(risk && { risk }),
      models,
      ...about,
    });
  }

  private async proveClean(photo: ReviewedPhoto): Promise<void> {
    const bytes = await this.read(photo);
    const format = formatById(photo.output.format);
    const walked = walkContainer(bytes, format);
    const proof = await proveEncoding(bytes, format, DEFAULT_LIMITS, photo.output.encoder);
    for (const { status, details } of [walked, proof]) {
      if (status === 'not-found') continue;
      throw new ImageDeidError({ id: 'error/unclean-output/not-clean', values: { why: details } }, 'verify');
    }
  }

  /** Makes up for a crash between a record and its move, or before the reports and the summary were written. */
  private async finishMoves(): Promise<void> {
    if (this.known.unmoved.size === 0) return;
    const lock = await takeLockSoon(this.place.state);
    try {
      await writing(async () => {
        const ledger = await this.openLedger(lock);
        const { tally } = this.known;
        await moveAll(this.place, this.known, lock);
        if ((await summarisedHead(this.place)) === ledger.head) return;
        const files = await writeReports(this.place, ledger, tally, false, this.language);
        await lock.prove();
        await writeSummary(this.place, tally, ledger, false, files);
      });
    } finally {
      await lock.release();
    }
  }

  private refresh(): Promise<void> {
    return this.turns.take(() => this.readAgainIfOther(() => this.known.readOn()));
  }

  private openLedger(lock: Lock): Promise<Ledger> {
    return this.turns.take(() => this.readAgainIfOther(() => this.known.openLedger(lock)));
  }

  /** Where the ledger does not continue what was read before, all of it is read: it may be sound. */
  private async readAgainIfOther<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      this.known = new ReviewedLedger(this.place);
      if (asImageDeidError(error, 'publish').code !== 'ledger-broken') throw error;
      return read();
    }
  }

  private pathOf(outcome: Outcome, name: string): string {
    return join(folderOf(this.place, outcome), name);
  }
}

/** A run's folder holds what may go to its destination; anything laxer is let in by a person's reason alone. */
function assertWithinRun({ record, made }: ReviewedPhoto, decision: ReviewDecision): void {
  const { outcome, overrideReason, edited } = decision;
  const { destination } = (edited?.draft ?? made).settings;
  if (outcome !== 'cleared' || overrideReason !== undefined || !isLaxer(destination, record.settings)) return;
  throw new ImageDeidError({ id: 'error/not-cleared/laxer-than-run', values: {} }, 'publish');
}

function folderOf(place: OutputPlace, outcome: Outcome): string {
  return outcome === 'refused' ? place.rejected : join(place.folder, outcome);
}

/** The ledger's head according to summary.json; undefined when that is missing or damaged. */
async function summarisedHead({ folder }: OutputPlace): Promise<string | undefined> {
  try {
    return summarySchema.parse(JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'))).ledger.head;
  } catch {
    return undefined;
  }
}

/** Moves each photo to where its last record says: records are written first, and a crash may have come in between. */
async function moveAll(
  place: OutputPlace,
  { photos, unmoved }: Pick<ReviewedLedger, 'photos' | 'unmoved'>,
  lock: Lock,
): Promise<void> {
  await mkdir(place.rejected, { recursive: true, mode: 0o700 });
  for (const seq of unmoved) {
    const photo = photos.get(seq);
    if (photo) await move(place, photo, lock);
    unmoved.delete(seq);
  }
}

async function move(place: OutputPlace, { outcome, output }: ReviewedPhoto, lock: Lock): Promise<void> {
  const target = join(folderOf(place, outcome), output.name);
  if (await lstat(target).catch(() => undefined)) return;
  for (const other of ['cleared', 'review', 'refused'] as const) {
    // Somebody who has taken the folder over may have decided otherwise.
    await lock.prove();
    await unlessAbsent(rename(join(folderOf(place, other), output.name), target));
  }
}
