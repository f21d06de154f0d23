import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import { systemCode } from '../core/system-code.js';
import { moveNew, PRIVATE_FILE, replaceFile, unlessAbsent, writeNew } from './durable-files.js';

/** How often the holder shows that it is alive, and how long it counts as alive after that; in milliseconds. */
const HEARTBEAT = 10_000;
const BELIEVED = 60_000;
/** How many times a folder that another process holds is tried, and how many milliseconds apart. */
const TRIES = 25;
const TRY_EVERY = 200;

const holderSchema = z.object({ host: z.string(), pid: z.number(), token: z.string(), fence: z.number() });
type Holder = z.infer<typeof holderSchema>;

/** The output folder, held by this process alone. */
export interface Lock {
  /** Fencing number: each holder of a folder has one more than the holder before. */
  readonly fence: number;
  /** Whether an earlier holder did not release the folder, and may only have been suspended. */
  readonly isTakenOver: boolean;
  /** Checks that the folder is still ours. @throws {ImageDeidError} output-locked, when another process took it over */
  prove(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the output folder for this process. A lock is taken over when its process no longer runs on this machine, or
 * has shown no sign of life for a minute: then it may have run on another machine that shares the folder, or been
 * suspended.
 * @throws {ImageDeidError} output-locked
 */
export async function takeLock(stateFolder: string): Promise<Lock> {
  const path = join(stateFolder, 'lock');
  const fencePath = join(stateFolder, 'fence');
  const token = randomBytes(8).toString('hex');
  const dead = await removeDead(path, token);
  const fence = 1 + Math.max(dead?.fence ?? 0, await lastFence(fencePath));
  const mine: Holder = { host: hostname(), pid: process.pid, token, fence };
  try {
    // Written under another name first: a lock file torn by a crash would not say whose it is.
    const written = `${path}.${token}`;
    await writeNew(written, Buffer.from(JSON.stringify(mine)), PRIVATE_FILE);
    await moveNew(written, path);
  } catch (error) {
    const code = systemCode(error);
    if (['EEXIST', 'ENOENT'].includes(code)) throw locked(error);
    throw error;
  }
  await replaceFile(fencePath, String(fence), PRIVATE_FILE);
  const isTakenOver = await removeLeftovers(stateFolder);
  const beat = setInterval(() => {
    // The folder may be out of reach for a moment; if it stays so, the next write reports it.
    showLife(path, mine).catch(() => undefined);
  }, HEARTBEAT);
  beat.unref();
  return {
    fence,
    isTakenOver,
    async prove() {
      if (isSame(await holderOf(path), token)) return;
      // When a drive goes away, the lock goes with it.
      await stat(stateFolder);
      throw lostLock();
    },
    async release() {
      clearInterval(beat);
      await giveBack(path, token);
    },
  };
}

async function showLife(path: string, { token }: Holder): Promise<void> {
  if (!isSame(await holderOf(path), token)) return;
  const now = new Date();
  await utimes(path, now, now);
}

/** The fencing number of the last holder of the folder; 0 when there was none. */
async function lastFence(path: string): Promise<number> {
  const number = Number((await unlessAbsent(readFile(path, 'utf8'))) ?? 0);
  return Number.isSafeInteger(number) ? number : 0;
}

/** Moves the lock away, then looks at it, then removes it: otherwise another process could take over in between. */
async function giveBack(path: string, token: string): Promise<void> {
  const aside = `${path}.${token}`;
  if (!isSame(await holderOf(path), token)) return;
  if (!(await unlessAbsent(rename(path, aside).then(() => true)))) return;
  if (isSame(await holderOf(aside), token)) await rm(aside, { force: true });
  else await moveNew(aside, path);
}

/**
 * Moves the lock of a dead holder away, and leaves it there: while it is there, the folder counts as taken over.
 * @returns the holder, when there was one
 */
async function removeDead(path: string, token: string): Promise<Holder | undefined> {
  const holder = await holderOf(path);
  if (!holder) return undefined;
  if (!(await isDead(path, holder, token))) throw locked();
  // If several find it dead, one moves it away. Whoever moved a living lock by mistake puts it back and gives up.
  const aside = `${path}.${token}.dead`;
  const moved = await unlessAbsent(rename(path, aside).then(() => true));
  if (!moved) throw locked();
  if (!isSame(await holderOf(aside), holder.token)) {
    await rename(aside, path);
    throw locked();
  }
  return holder;
}

/** Undefined when nobody holds the folder; a holder whose file cannot be read is known by the file's age alone. */
async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await unlessAbsent(readFile(path, 'utf8'));
  if (text === undefined) return undefined;
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return { host: '', pid: 0, token: '', fence: 0 };
  }
}

/** Removes locks of dead holders, and files of processes that died while locking. @returns whether there were any */
async function removeLeftovers(stateFolder: string): Promise<boolean> {
  const left = (await readdir(stateFolder)).filter((name) => name.startsWith('lock.'));
  for (const name of left) await rm(join(stateFolder, name), { force: true });
  return left.length > 0;
}

function isSame(holder: Holder | undefined, token: string): boolean {
  return holder?.token === token;
}

async function isDead(path: string, { host, pid }: Holder, token: string): Promise<boolean> {
  if (host === hostname() && !isRunning(pid)) return true;
  // Compared with a file made just now, because the clock of a shared folder is not this machine's.
  const probe = `${path}.${token}.now`;
  await writeNew(probe, Buffer.alloc(0), PRIVATE_FILE);
  try {
    const seen = await unlessAbsent(stat(path));
    return seen !== undefined && (await stat(probe)).mtimeMs - seen.mtimeMs > BELIEVED;
  } finally {
    await rm(probe, { force: true });
  }
}

/** A lock with our own process number is left from before a restart: in a container, these numbers start again. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Like `takeLock`, but waits some seconds for others who hold it briefly. @throws {ImageDeidError} output-locked */
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

/** The error for a process that was suspended for so long that it was taken for dead. */
export function lostLock(): ImageDeidError {
  return new ImageDeidError(
    'output-locked',
    'publish',
    'This run showed no sign of life for a minute, and another one has taken its output folder over; it ends here, and what it had finished is kept',
  );
}

function locked(cause?: unknown): ImageDeidError {
  return new ImageDeidError(
    'output-locked',
    'publish',
    'Another run is working in this output folder; wait for it or choose another --out',
    { cause },
  );
}
