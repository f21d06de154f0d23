import { lstat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ImageDeidError } from '../core/errors.js';
import { collectFolder, type Collected, type SourceEntry } from '../source/index.js';
import { inRandomOrder } from './random-order.js';
import { finishedOf } from './unfinished.js';

/** How often the folder is looked at, in milliseconds, and the largest share of the time that this may take. */
const EVERY = 1000;
const MOST_OF_THE_TIME = 1 / 10;
/** A file counts as completely written when it has not changed for this long, in milliseconds. */
const SETTLED = 3000;

/** What a file looked like when it was last seen. */
interface Seen {
  readonly signature: string;
  /** Since when it has looked like this, in milliseconds. */
  readonly since: number;
  readonly isGiven: boolean;
}

/** What is in the folder besides finished photos. */
export interface Watched extends Omit<Collected, 'entries'> {
  /** Files whose names say that they are not finished. */
  readonly waiting: number;
}

/**
 * Every finished file of a folder and of those inside it: what is there, and what arrives or changes until `signal` says to
 * stop. Looks again and again instead of waiting for events, because shared folders of other machines send none. A file
 * that changes after it was given is given again, as the replacement of what lay there before; one that was seen to be
 * gone in between, or has the name of one that was, is another one. A folder inside that cannot be listed now may be later.
 * @param folder absolute
 * @param onLook is told what else is there, each time
 * @throws {ImageDeidError} input-gone, when the folder itself cannot be listed
 */
export async function* watchFolder(
  folder: Buffer,
  signal: AbortSignal,
  onLook: (watched: Watched) => void,
): AsyncGenerator<SourceEntry> {
  let seen = new Map<string, Seen>();
  const gone = new Set<string>();
  while (!signal.aborted) {
    const start = performance.now();
    const arrived: SourceEntry[] = [];
    const now = new Map<string, Seen>();
    const { entries, ...beside } = await list(folder);
    const finished = finishedOf(entries, folder);
    onLook({ ...beside, waiting: entries.length - finished.length });
    for (const entry of finished) {
      const key = entry.path.toString('latin1');
      const signature = await signatureOf(entry.path);
      if (signature === undefined) continue;
      const before = seen.get(key);
      const since = before?.signature === signature ? before.since : performance.now();
      const wasGiven = before?.signature === signature && before.isGiven;
      const isGiven = wasGiven || performance.now() - since >= SETTLED;
      now.set(key, { signature, since, isGiven });
      if (!isGiven || wasGiven) continue;
      arrived.push(gone.delete(key) ? entry : { ...entry, isReplacement: true });
    }
    for (const key of seen.keys()) if (!now.has(key)) gone.add(key);
    seen = now;
    const took = performance.now() - start;
    // Files that are ready at the same time are given in an order that says nothing about them.
    for (const entry of inRandomOrder(arrived)) {
      if (signal.aborted) return;
      yield entry;
    }
    await pause(Math.max(EVERY, took / MOST_OF_THE_TIME), undefined, { signal }).catch(() => undefined);
  }
}

async function list(folder: Buffer): Promise<Collected> {
  try {
    return await collectFolder(folder);
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/input-gone/watched', values: {} }, 'read', { cause });
  }
}

/** A value that changes when the file does; undefined when the file is already gone. */
async function signatureOf(path: Buffer): Promise<string | undefined> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await lstat(path, { bigint: true });
    return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  } catch {
    return undefined;
  }
}
