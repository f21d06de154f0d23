import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { inRandomOrder, type PhotoTreater, runBatch, type Watched } from '../batch/index.js';
import type { Language } from '../core/language.js';
import { asImageDeidError } from '../core/errors.js';
import { type ProcessSettings, settingsHash } from '../pipeline/index.js';
import { checkBeforeSigning, Output, readSigningKey, type Signing, type Summary } from '../publish/index.js';
import type { Collected, SourceEntry } from '../source/index.js';
import { speakerOf, TERMINAL_WORDS, type TerminalWords } from '../words/index.js';
import type { OutputOptions } from './batch-options.js';
import { EXIT } from './exit-codes.js';
import { listenForInterruption } from './interruption.js';
import type { Observer } from './observer.js';

/** What a command wants to have done. */
export interface BatchPlan {
  readonly options: OutputOptions;
  readonly observer: Observer;
  readonly language: Language;
  readonly settings: ProcessSettings;
  /** What exists now; the output folder must lie apart from it. */
  readonly entries: readonly SourceEntry[];
  /** What else was found in the inputs. */
  readonly beside?: Beside;
  /**
   * What is to be treated when that is more than `entries`: photos that arrive until `signal` says to stop. Tells what
   * else is there each time it has looked.
   */
  readonly arriving?: (signal: AbortSignal, onLook: (beside: Beside) => void) => AsyncIterable<SourceEntry>;
  /** @param output the folder for the finished photos */
  readonly openTreater: (output: Output) => PhotoTreater | Promise<PhotoTreater>;
}

type Beside = Omit<Collected, 'entries'> & Partial<Watched>;
const NOTHING: Beside = { unlisted: 0, strayKeepFiles: 0, besidePhotos: 0 };

/**
 * Runs a batch, from opening the output folder to writing the summary: what `run`, `watch` and `enqueue` have in
 * common.
 * @returns the exit code
 * @throws {ImageDeidError} what ends the whole run
 */
export async function leadBatch({
  options,
  observer,
  language,
  settings,
  entries,
  beside: found = NOTHING,
  arriving,
  openTreater,
}: BatchPlan): Promise<number> {
  // A file that is not a key is reported now, not after the last photo.
  const key = options.sign === undefined ? undefined : await readSigningKey(options.sign);
  const { retryRefused, repair } = options;
  const output = await Output.open(options.out, entries, settingsHash(settings), { retryRefused, repair });
  const signing = key && (await signingOf(output, key, options.adoptUnsigned));
  const { lines, photos } = output.repaired;
  if (lines > 0) observer.note('ledger-set-aside', lines);
  if (photos > 0) observer.note('photos-set-aside', photos);
  let beside = NOTHING;
  let isBesideTold = false;
  const tellBeside = (now: Beside) => {
    if (now.unlisted > beside.unlisted) observer.note('folders-unlisted', now.unlisted);
    if (now.strayKeepFiles > beside.strayKeepFiles) observer.note('keep-files-stray', now.strayKeepFiles);
    // Told once: files may go on arriving, and how many there are stands in the summary.
    if (now.besidePhotos > 0 && !isBesideTold) observer.note('files-beside-photos', now.besidePhotos);
    isBesideTold ||= now.besidePhotos > 0;
    beside = now;
  };
  tellBeside(found);
  let [besideNotUsed, keepsOutside, withdrawn] = [0, 0, 0];
  const to = speakerOf(language);
  if (output.wasTorn) observer.note('ledger-repaired');
  const interruption = listenForInterruption(() => {
    observer.note('stopping');
  });
  let treater: PhotoTreater | undefined;
  const finish = (isInterrupted: boolean) =>
    output.finish(isInterrupted, signing, language, beside.besidePhotos);
  try {
    observer.begin(arriving ? undefined : entries.length);
    treater = await openTreater(output);
    const isComplete = await runBatch(
      arriving ? arriving(interruption.signal, tellBeside) : inRandomOrder(entries),
      settings,
      treater,
      output,
      {
        signal: interruption.signal,
        onStep: ({ entry, record, hasChanged }) => {
          if (record?.notUsed) besideNotUsed++;
          if (record?.keepOutside !== undefined) keepsOutside++;
          if (record?.replaces !== undefined) withdrawn++;
          if (record?.outcome === 'refused') {
            observer.refused?.(entry.display, record.reasons.map((reason) => to.say(reason)).join('; '));
          }
          observer.step({ ...(record && { record }), hasChanged });
        },
        // A batch that has no end always has a summary of its current state.
        ...(arriving && { onIdle: () => finish(false) }),
      },
    );
    const isStopped = !isComplete && !arriving;
    const summary = await finish(isStopped);
    if (besideNotUsed > 0) observer.note('beside-not-used', besideNotUsed);
    if (keepsOutside > 0) observer.note('keep-outside', keepsOutside);
    if (withdrawn > 0) observer.note('withdrawn', withdrawn);
    const { waiting = 0 } = beside;
    if (waiting > 0) observer.note('unfinished', waiting);
    observer.end(summary);
    process.stdout.write(describeSummary(summary, output.folder, TERMINAL_WORDS[language]));
    if (isStopped) {
      observer.note('stopped');
      return EXIT.runFailed;
    }
    return summary.cleared === summary.photos && beside.unlisted === 0
      ? EXIT.allCleared
      : EXIT.needsAttention;
  } catch (error) {
    observer.fail(asImageDeidError(error, 'worker'));
    // So that what is finished can be verified and looked at; the original error is the one to report.
    await finish(true).catch(() => {
      observer.note('summary-not-written');
    });
    throw error;
  } finally {
    interruption.end();
    await treater?.close();
    await output.close();
  }
}

/** Comes before anything is appended: a forged ledger is neither continued nor signed. */
async function signingOf(output: Output, key: KeyObject, adopt: boolean): Promise<Signing> {
  try {
    return await checkBeforeSigning(output.folder, key, adopt);
  } catch (error) {
    await output.close();
    throw error;
  }
}

/** A command that can be copied as it is printed, from any folder. */
function command(name: string, folder: string): string {
  return `image-deid ${name} ${quoted(folder)}`;
}

function quoted(path: string): string {
  if (/^[\w./:\\-]+$/.test(path)) return path;
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function describeSummary(
  { photos, cleared, review, refused, beside = 0 }: Summary,
  folder: string,
  { summary: words }: TerminalWords,
): string {
  const lines = [
    words.photos(photos, cleared, review, refused, beside),
    words.report(join(folder, 'report.html')),
    ...(cleared > 0 ? [words.cleared(join(folder, 'cleared'))] : []),
    ...(review > 0 ? [words.review(join(folder, 'review'))] : []),
    ...(review + refused > 0 ? [words.why(join(folder, 'review', 'report.html'))] : []),
    ...(review > 0 ? [words.look(review, command('review', folder))] : []),
    ...(review + refused > 0 ? [words.names(command('names', folder))] : []),
    words.share,
  ];
  return `${lines.join('\n')}\n`;
}
