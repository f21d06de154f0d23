import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import { moveNew, PRIVATE_FILE, unlessAbsent, writeNew } from './durable-files.js';

/** How often the holder shows that he is alive, and for how long he is believed; in milliseconds. */
const HEARTBEAT = 10_000;
const BELIEVED = 60_000;
/** How often a folder that somebody else holds is tried again, and after how many milliseconds. */
const TRIES = 25;
const TRY_EVERY = 200;

const holderSchema = z.object({ host: z.string(), pid: z.number(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** The output folder, held by this process alone. */
export interface Lock {
  /** @throws {ImageDeidError} output-locked, when another process took the folder: this one was taken for dead */
  assertHeld(): void;
  release(): Promise<void>;
}

/**
 * Takes the output folder for this process. A lock is taken over when its process is gone from this machine, or when it
 * has shown no sign of life for a minute: it may run on another machine that shares the folder.
 * @throws {ImageDeidError} output-locked
 */
export async function takeLock(stateFolder: string): Promise<Lock> {
  const path = join(stateFolder, 'lock');
  const mine: Holder = { host: hostname(), pid: process.pid, token: randomBytes(8).toString('hex') };
  await removeDead(path, mine);
  try {
    // Written beside its place first: a lock that was torn by a crash would not say whose it is.
    const written = `${path}.${mine.token}`;
    await writeNew(written, Buffer.from(JSON.stringify(mine)), PRIVATE_FILE);
    await moveNew(written, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['EEXIST', 'ENOENT'].includes(code)) throw locked(error);
    throw error;
  }
  await removeLeftovers(stateFolder);
  let isLost = false;
  const beat = setInterval(() => {
    showLife(path, mine).then(
      (isHeld) => (isLost ||= !isHeld),
      // A folder that cannot be reached for a moment; what is written next says so.
      () => undefined,
    );
  }, HEARTBEAT);
  beat.unref();
  return {
    assertHeld() {
      if (isLost) throw locked();
    },
    async release() {
      clearInterval(beat);
      if (isSame(await holderOf(path), mine)) await rm(path, { force: true });
    },
  };
}

/** @returns false when the lock is no longer this process's */
async function showLife(path: string, mine: Holder): Promise<boolean> {
  if (!isSame(await holderOf(path), mine)) return false;
  const now = new Date();
  await utimes(path, now, now);
  return true;
}

async function removeDead(path: string, mine: Holder): Promise<void> {
  const holder = await holderOf(path);
  if (!holder) return;
  if (!(await isDead(path, holder, mine))) throw locked();
  // Of several who find it dead one moves it away; who moved away a living one by that gives it back and leaves.
  const aside = `${path}.${mine.token}`;
  const moved = await unlessAbsent(rename(path, aside).then(() => true));
  if (!moved) throw locked();
  if (!isSame(await holderOf(aside), holder)) {
    await rename(aside, path);
    throw locked();
  }
  await rm(aside, { force: true });
}

/** Undefined when nobody holds the folder; whoever wrote what cannot be read is known by its age only. */
async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await unlessAbsent(readFile(path, 'utf8'));
  if (text === undefined) return undefined;
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return { host: '', pid: 0, token: '' };
  }
}

/** What processes that died while taking the lock left beside it. */
async function removeLeftovers(stateFolder: string): Promise<void> {
  for (const name of await readdir(stateFolder)) {
    if (name.startsWith('lock.')) await rm(join(stateFolder, name), { force: true });
  }
}

function isSame(holder: Holder | undefined, other: Holder): boolean {
  return holder?.token === other.token;
}

async function isDead(path: string, { host, pid }: Holder, mine: Holder): Promise<boolean> {
  if (host === mine.host && !isRunning(pid)) return true;
  // Against a file of this moment, because the clock of a shared folder is not this machine's.
  const probe = `${path}.${mine.token}.now`;
  await writeNew(probe, Buffer.alloc(0), PRIVATE_FILE);
  try {
    const seen = await unlessAbsent(stat(path));
    return seen !== undefined && (await stat(probe)).mtimeMs - seen.mtimeMs > BELIEVED;
  } finally {
    await rm(probe, { force: true });
  }
}

/** A lock with our own number is left from before a restart: process numbers begin anew in a container. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The same, for a moment's work: waits some seconds for others who do the same. @throws {ImageDeidError} output-locked */
export async function takeLockSoon(stateFolder: string): Promise<Lock> {
  for (let left = TRIES; ; left--) {
    try {
      return await takeLock(stateFolder);
    } catch (error) {
      if (asImageDeidError(error, 'publish').code !== 'output-locked' || left === 0) throw error;
      await pause(TRY_EVERY);
    }
  }
}

function locked(cause?: unknown): ImageDeidError {
  return new ImageDeidError(
    'output-locked',
    'publish',
    'Another run is working in this output folder; wait for it or choose another --out',
    { cause },
  );
}
