import { asImageDeidError, type ErrorCode, type ImageDeidError } from '../core/errors.js';
import { processImage } from '../pipeline/process-image.js';
import type { ProcessSettings } from '../pipeline/settings.js';
import type { Toolbox } from '../pipeline/toolbox.js';
import type { Outcome } from '../publish/contract.js';
import type { Output } from '../publish/index.js';
import { readSource, type SourceEntry, type SourceFile } from '../source/index.js';
import { draftOfError, draftOfProcessed, finishedFile } from './ledger-draft.js';
import { settingsOf } from './settings-of.js';

/** The fault lies not in the photo: the next one would meet it too. */
const ENDS_THE_RUN: readonly ErrorCode[] = [
  'disk-full',
  'output-unwritable',
  'output-locked',
  'ledger-broken',
  'model-missing',
  'model-mismatch',
  'engine-unavailable',
];

/** What became of one entry; `known` has a record from an earlier run. */
export type Step = Outcome | 'known';

export interface BatchOptions {
  /** Stops before the next photo; the one in work is finished. */
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
}

/**
 * Treats one photo after the other. A photo that cannot be treated gets a record and the next one its turn.
 * @returns true when every entry has a record, false when `signal` stopped the run
 * @throws {ImageDeidError} when the fault lies not in a photo
 */
export async function runBatch(
  entries: readonly SourceEntry[],
  settings: ProcessSettings,
  toolbox: Toolbox,
  output: Output,
  { signal, onStep }: BatchOptions,
): Promise<boolean> {
  for (const entry of entries) {
    // Lets a signal that arrived during the last photo be heard.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return false;
    onStep(await treatEntry(entry, settings, toolbox, output));
  }
  return true;
}

async function treatEntry(
  entry: SourceEntry,
  general: ProcessSettings,
  toolbox: Toolbox,
  output: Output,
): Promise<Step> {
  let file: SourceFile | undefined;
  let settings = general;
  try {
    file = await readSource(entry, general.limits);
    if (output.has(entry, file.sha256)) return 'known';
    settings = settingsOf(file, general);
    const done = await processImage(file.bytes, settings, toolbox, output);
    const draft = draftOfProcessed(done, factsOf(file), settings);
    const finished = draft.outcome === 'refused' ? undefined : finishedFile(done);
    return (await output.publish(entry, file.sha256, draft, finished)).outcome;
  } catch (thrown) {
    const error = asImageDeidError(thrown, 'decode');
    if (ENDS_THE_RUN.includes(error.code)) throw error;
    return recordError(entry, error, file, settings, toolbox, output);
  }
}

async function recordError(
  entry: SourceEntry,
  error: ImageDeidError,
  file: SourceFile | undefined,
  settings: ProcessSettings,
  toolbox: Toolbox,
  output: Output,
): Promise<Step> {
  const source = file?.sha256 ?? error.code;
  if (output.has(entry, source)) return 'known';
  const draft = draftOfError(error, file && factsOf(file), settings, toolbox);
  return (await output.publish(entry, source, draft)).outcome;
}

function factsOf({ sha256, bytes }: SourceFile) {
  return { sha256, bytes: bytes.length };
}
