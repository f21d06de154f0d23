import { constants } from 'node:fs';
import { copyFile, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, unlessAbsent } from './durable-files.js';
import { lostLock, type Lock } from './lock.js';

/**
 * A file that only the holder of a folder appends lines to. Whoever takes a folder over puts a copy in the file's place:
 * what the holder before had opened until then is no part of the folder any more, and nothing that it writes there
 * reaches the folder. So a line is opened for first, then the lock is proven, then it is written.
 */
export class HeldFile {
  private constructor(
    private readonly path: string,
    private readonly mode: number,
    private readonly lock: Lock,
    /** Bytes, as far as this process knows. */
    private size: number,
  ) {}

  /**
   * @param mode of the file, when it is made
   * @param lock of its folder
   */
  static async open(path: string, mode: number, lock: Lock): Promise<HeldFile> {
    if (lock.isTakenOver) await unlessAbsent(renew(path));
    return new HeldFile(path, mode, lock, (await unlessAbsent(stat(path)))?.size ?? 0);
  }

  /** Cuts off what a crash tore. */
  async cutTo(size: number): Promise<void> {
    if (size === this.size) return;
    await this.lock.prove();
    await truncate(this.path, size);
    this.size = size;
  }

  /**
   * Appends one line and waits until the disk has it; when it does not fit, the file ends where it did.
   * @throws {ImageDeidError} output-locked, when the folder is another process's: then nothing was written to it
   */
  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`${line}\n`);
    const handle = await open(this.path, 'a', this.mode);
    try {
      if ((await handle.stat()).size !== this.size) throw lostLock();
      await this.lock.prove();
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } catch (error) {
        // What cannot be cut off here is cut off by the next run.
        await handle.truncate(this.size).catch(() => undefined);
        throw error;
      }
    } finally {
      await handle.close();
    }
    this.size += bytes.length;
    // Taken over meanwhile: the line may stand in a file that is gone.
    await this.lock.prove();
  }
}

/** Puts a copy in a file's place. */
async function renew(path: string): Promise<void> {
  const copy = `${path}.new`;
  await rm(copy, { force: true });
  await copyFile(path, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const handle = await open(copy, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(copy, path);
  await syncFolder(dirname(path));
}
