import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import { PRIVATE_FILE, writeNew } from './durable-files.js';

/**
 * Takes the output folder for this process; a lock whose process is gone is taken over.
 * @returns gives it free again
 * @throws {ImageDeidError} output-locked
 */
export async function takeLock(stateFolder: string): Promise<() => Promise<void>> {
  const path = join(stateFolder, 'lock');
  const holder = await readFile(path, 'utf8').catch(() => undefined);
  if (holder !== undefined) {
    if (isRunning(Number(holder))) throw locked();
    await rm(path, { force: true });
  }
  try {
    await writeNew(path, Buffer.from(String(process.pid)), PRIVATE_FILE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw locked(error);
    throw error;
  }
  return () => rm(path, { force: true });
}

function locked(cause?: unknown): ImageDeidError {
  return new ImageDeidError(
    'output-locked',
    'publish',
    'Another run is working in this output folder; wait for it or choose another --out',
    { cause },
  );
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
