import { ImageDeidError } from '../core/errors.js';
import { Turns } from '../core/turns.js';
import { draftOfError, type ProcessSettings } from '../pipeline/index.js';
import type { LedgerDraft, LedgerRecord, Output } from '../publish/index.js';
import type { SourceEntry } from '../source/index.js';
import { onTheWay, type PhotoJob, type PhotoTreater, type Treatment } from './contract.js';
import { InputRoots } from './input-roots.js';

/** What became of one entry. */
export interface Step {
  /** Names the photo's file: for a terminal only. */
  readonly entry: SourceEntry;
  /** Absent when an earlier run treated the entry. The timings are in the draft only. */
  readonly record?: LedgerRecord & Pick<LedgerDraft, 'timings'>;
  /** Whether another photo was found in the same place before. */
  readonly hasChanged: boolean;
}

export interface BatchOptions {
  /** When aborted, no further photo is begun; those being treated are finished. */
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
  /** Called when a photo is finished and no other is being treated. */
  readonly onIdle?: () => Promise<unknown>;
}

/**
 * Treats photos, as many at once as the treater can, and publishes each when it is finished. For a photo that cannot be
 * treated a record is written, and the batch goes on with the next one.
 * @returns true when every entry has a record, false when `signal` stopped the run
 * @throws {ImageDeidError} when the fault does not lie in a photo; what is finished is kept
 */
export async function runBatch(
  entries: Iterable<SourceEntry> | AsyncIterable<SourceEntry>,
  settings: ProcessSettings,
  treater: PhotoTreater,
  output: Output,
  { signal, onStep, onIdle }: BatchOptions,
): Promise<boolean> {
  const roots = new InputRoots();
  // A file that changes while it is treated is given again: its last version has to be published last.
  const turns = new Turns();
  const failing = new AbortController();
  // What fails for one photo would also fail for those still waited for.
  const leave = AbortSignal.any([signal, failing.signal]);
  const next = takeFrom(entries);
  let isComplete = false;
  let isLeft = false;
  let inWork = 0;
  const failures: unknown[] = [];
  const lane = async () => {
    while (!signal.aborted && failures.length === 0) {
      const { done, value: entry } = await next();
      if (done === true) {
        isComplete = true;
        return;
      }
      inWork++;
      const step = await turns.take(
        () => treatEntry(entry, settings, treater, output, roots, leave),
        entry.path.toString('latin1'),
      );
      inWork--;
      if (!step) {
        isLeft = true;
        return;
      }
      onStep(step);
      if (inWork === 0) await onIdle?.();
    }
  };
  const lanes = Array.from({ length: treater.width }, () =>
    lane().catch((error: unknown) => {
      failures.push(error);
      failing.abort();
    }),
  );
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
  return isComplete && !isLeft;
}

function takeFrom<T>(items: Iterable<T> | AsyncIterable<T>): () => Promise<IteratorResult<T, undefined>> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  return async () => iterator.next();
}

/** Checks what was staged before it is published, whichever process treated the photo. */
async function checked(
  treatment: Extract<Treatment, { kind: 'treated' }>,
  { settings }: PhotoJob,
  output: Output,
): Promise<Extract<Treatment, { kind: 'treated' }>> {
  if (!treatment.staged) return treatment;
  try {
    await output.check(treatment.staged);
    return treatment;
  } catch (error) {
    if (!(error instanceof ImageDeidError) || error.code !== 'unclean-output') throw error;
    const { source, draft } = treatment;
    const { sha256, bytes } = draft.source;
    const facts = sha256 === null || bytes === null ? undefined : { sha256, bytes };
    return { kind: 'treated', source, draft: draftOfError(error, facts, settings, draft.models) };
  }
}

async function treatEntry(
  entry: SourceEntry,
  settings: ProcessSettings,
  treater: PhotoTreater,
  output: Output,
  roots: InputRoots,
  signal: AbortSignal,
): Promise<Step | undefined> {
  await roots.remember(entry);
  const known = output.knownOf(entry);
  const job = { entry: onTheWay(entry), settings, known };
  const treatment = await treater.treat(job, signal);
  if (treatment.kind === 'left') return undefined;
  if (treatment.kind === 'known') {
    await treater.settled?.(job);
    return { entry, hasChanged: false };
  }
  const { source, draft, staged } = await checked(treatment, job, output);
  if (draft.error?.code === 'unreadable' && (await roots.isGone(entry))) {
    throw new ImageDeidError({ id: 'error/input-gone/folder', values: {} }, 'read');
  }
  const record = await output.publish(entry, source, draft, staged);
  await treater.settled?.(job);
  return { entry, record: { ...record, timings: draft.timings }, hasChanged: known.length > 0 };
}
