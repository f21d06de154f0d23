import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { link, lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../core/system-code.js';

/** How many characters are written at a time. */
const PIECE = 2 ** 20;

/** Readable by its owner alone: for what is not yet checked, and what names people. */
export const PRIVATE_FILE = 0o600;
export const PUBLIC_FILE = 0o644;
/** The time of every published photo, in seconds since 1970: 2000-01-01, so that a file's time says nothing. */
export const FIXED_TIME = 946_684_800;

/** What a read gives, or undefined when there is no such file. @throws when it exists and cannot be read */
export async function unlessAbsent<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a new file and waits until the disk has it. @throws when the file exists */
export async function writeNew(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a file in one step: readers see the old or the new content, never half of it. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  mode = PUBLIC_FILE,
): Promise<void> {
  await rm(newOf(path), { force: true });
  await writeNew(newOf(path), typeof content === 'string' ? Buffer.from(content) : content, mode);
  await takePlace(path);
}

/** Where the new content of a file is written until it is whole. */
function newOf(path: string): string {
  return `${path}.new`;
}

async function takePlace(path: string): Promise<void> {
  await rename(newOf(path), path);
  await syncFolder(dirname(path));
}

/** A file that takes the place of another once it is whole, written piece by piece: it may be larger than the memory. */
export class Replacement {
  private readonly hash = createHash('sha256');
  private pieces: string[] = [];
  private length = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  static async begin(path: string, mode = PUBLIC_FILE): Promise<Replacement> {
    await rm(newOf(path), { force: true });
    return new Replacement(path, await open(newOf(path), 'wx', mode));
  }

  /** Waits for the disk now and then. */
  add(text: string): void {
    this.pieces.push(text);
    this.length += text.length;
    if (this.length > PIECE) this.flush();
  }

  /** Puts it in the other's place. @returns its SHA-256 */
  async finish(): Promise<string> {
    this.flush();
    await this.handle.sync();
    await this.handle.close();
    await takePlace(this.path);
    return this.hash.digest('hex');
  }

  /** Throws it away, because of an error that is told. */
  async drop(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(newOf(this.path), { force: true });
  }

  private flush(): void {
    const bytes = Buffer.from(this.pieces.join(''));
    this.hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += writeSync(this.handle.fd, bytes, at);
    this.pieces = [];
    this.length = 0;
  }
}

/**
 * Moves a staged file to its final name with neutral times; never overwrites. The name survives a power cut only once
 * its folder is synced.
 * @throws when the target exists
 */
export async function publishFile(staged: string, target: string): Promise<void> {
  const handle = await open(staged, 'r+');
  try {
    // A file system without modes (FAT) refuses; a file there is readable anyway.
    await handle.chmod(PUBLIC_FILE).catch(() => undefined);
    await handle.utimes(FIXED_TIME, FIXED_TIME);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await moveNew(staged, target);
}

/** The errors of file systems without hard links (FAT, exFAT, some network shares). */
export const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'];

/** Moves a file to a name that must be free: a link fails if it is taken. A rename would overwrite: second choice. */
export async function moveNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!NO_LINKS.includes(systemCode(error))) throw error;
    if (await lstat(to).catch(() => undefined)) throw error;
    await rename(from, to);
    return;
  }
  await rm(from);
}

/** Makes new names in a folder survive a power cut; Windows offers no way to do this. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
