import { lstat, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FIXED_TIME, PUBLIC_FILE, writeNew } from './durable-files.js';
import { takeLock } from './lock.js';
import { writing } from './output-errors.js';
import { outputPlace } from './output-place.js';
import { kindOf, readRegular } from './read-regular.js';
import { SIGNATURE_FILE } from './signature.js';
import { verifyOutput, type OutputProblem, type OutputVerdict, type VerifyOptions } from './verify-output.js';

/** Without these, nothing can be trusted to say what belongs in the folder. */
const WORD_OF_THE_RUN: readonly string[] = ['ledger.jsonl', 'summary.json', SIGNATURE_FILE];

export interface CleanedOutput {
  /** Whether the ledger says what belongs in the folder; otherwise nothing was done. */
  readonly isTrusted: boolean;
  /** The state of the folder as it is now. */
  readonly verdict: OutputVerdict;
  /** What was removed; paths relative to the folder. */
  readonly removed: readonly string[];
  /** Files that were rewritten from their content. */
  readonly writtenAnew: readonly string[];
}

/**
 * Takes out of a finished folder what may not be shared: the private state, the private report, files that the ledger
 * does not know, and what files carry besides their content. Never touches a photo that the ledger knows, nor anything
 * outside the folder; a link is removed, not followed. Does nothing if the ledger, its summary or their signature is
 * wrong.
 * @throws {ImageDeidError} output-locked, while a run works in the folder; usage; output-unwritable
 */
export async function cleanOutput(folder: string, options: VerifyOptions): Promise<CleanedOutput> {
  const { state } = outputPlace(folder);
  const lock = (await kindOf(state)) === 'folder' ? await writing(() => takeLock(state)) : undefined;
  try {
    const before = await verifyOutput(folder, options);
    if (before.problems.some(({ file, cure }) => !cure && WORD_OF_THE_RUN.includes(file))) {
      return { isTrusted: false, verdict: before, removed: [], writtenAnew: [] };
    }
    return await writing(() => clean(folder, before));
  } finally {
    await lock?.release();
  }
}

async function clean(folder: string, before: OutputVerdict): Promise<CleanedOutput> {
  const attributed = before.problems.filter(({ cure }) => cure === 'write-anew').map(({ file }) => file);
  // Without `force`: otherwise something that is not there under this exact name would count as removed.
  for (const { path } of before.removable) await rm(path, { recursive: true });
  // Where attributes cannot be read, every file is rewritten.
  const writtenAnew = before.knowsAttributes ? attributed : await everyFile(folder, before);
  for (const file of writtenAnew) await writeAnew(join(folder, file));
  const rest = (found: readonly OutputProblem[]) => found.filter(({ cure }) => !cure);
  return {
    isTrusted: true,
    removed: before.removable.map(({ file }) => file),
    writtenAnew,
    verdict: {
      ...before,
      problems: rest(before.problems),
      told: rest(before.told),
      privateParts: [],
      removable: [],
      knowsAttributes: true,
    },
  };
}

async function everyFile(folder: string, { files, vouched }: OutputVerdict): Promise<string[]> {
  const there: string[] = [];
  for (const file of [...WORD_OF_THE_RUN, ...vouched, ...files]) {
    if ((await kindOf(join(folder, file))) === 'file') there.push(file);
  }
  return there;
}

/** Puts a copy of the content in the file's place: attributes do not come along. */
async function writeAnew(path: string): Promise<void> {
  const { size } = await lstat(path);
  const bytes = await readRegular(path, size);
  if (!bytes) return;
  const copy = `${path}.new`;
  await rm(copy, { recursive: true, force: true });
  await writeNew(copy, bytes, PUBLIC_FILE);
  await utimes(copy, FIXED_TIME, FIXED_TIME);
  await rename(copy, path);
}
