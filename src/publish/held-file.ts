import { constants } from 'node:fs';
import { copyFile, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, unlessAbsent } from './durable-files.js';
import { lostLock, type Lock } from './lock.js';

/**
 * A file to which only the holder of a folder appends lines. A process that takes the folder over puts a copy in the
 * file's place: the file that the previous holder still has open is then no longer part of the folder, and nothing
 * written to it reaches the folder. So to write lines, the file is opened first, then the lock is proven, then they are
 * written.
 */
export class HeldFile {
  private constructor(
    private readonly path: string,
    private readonly mode: number,
    private readonly lock: Lock,
    /** In bytes, as far as this process knows. */
    private size: number,
  ) {}

  /**
   * @param mode of the file, if it has to be made
   * @param lock of its folder
   */
  static async open(path: string, mode: number, lock: Lock): Promise<HeldFile> {
    if (lock.isTakenOver) await unlessAbsent(renew(path));
    return new HeldFile(path, mode, lock, (await unlessAbsent(stat(path)))?.size ?? 0);
  }

  /** In bytes. */
  get length(): number {
    return this.size;
  }

  /** Cuts off what a crash left half-written. */
  async cutTo(size: number): Promise<void> {
    if (size === this.size) return;
    await this.lock.prove();
    await truncate(this.path, size);
    this.size = size;
  }

  /**
   * Appends lines and waits until the disk has them; if they do not fit, the file is cut back to where it ended.
   * @throws {ImageDeidError} output-locked, when another process holds the folder: then nothing was written to it
   */
  async append(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const handle = await open(this.path, 'a', this.mode);
    try {
      if ((await handle.stat()).size !== this.size) throw lostLock();
      await this.lock.prove();
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } catch (error) {
        // What cannot be cut off here will be cut off by the next run.
        await handle.truncate(this.size).catch(() => undefined);
        throw error;
      }
    } finally {
      await handle.close();
    }
    this.size += bytes.length;
    // If the folder was taken over meanwhile, the lines may have gone to a file that is no longer in it.
    await this.lock.prove();
  }
}

/** Replaces a file by a copy of itself. */
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
