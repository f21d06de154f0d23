import { constants } from 'node:fs';
import { lstat, open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { ImageDeidError } from '../core/errors.js';

/**
 * Opens a regular file that lies inside a folder. A folder on the way may be replaced by a link between any two checks,
 * so it is the opened file that must lie inside.
 * @throws {ImageDeidError} outside-input, not-a-regular-file; whatever the system throws
 */
export async function openInside(path: Buffer, root: Buffer): Promise<FileHandle> {
  const [real, realRoot] = await Promise.all([
    realpath(path, { encoding: 'buffer' }),
    realpath(root, { encoding: 'buffer' }),
  ]);
  if (!isInside(real, realRoot)) throw outside();
  // Checked before it is opened: opening a device may already have an effect.
  if (!(await lstat(real)).isFile()) throw notRegular();
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    await assertOpenedInside(handle, real, realRoot);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Makes sure that the opened file lies inside the folder, wherever its path leads by now.
 * @param real the path by which it was opened
 * @throws {ImageDeidError} outside-input
 */
export async function assertOpenedInside(handle: FileHandle, real: Buffer, realRoot: Buffer): Promise<void> {
  const opened = await placeOfOpened(handle, real);
  if (!opened || !isInside(opened, realRoot)) throw outside();
}

/** Linux says where an opened file lies; elsewhere the file must still lie at its path, with no link on the way. */
async function placeOfOpened(handle: FileHandle, real: Buffer): Promise<Buffer | undefined> {
  try {
    return await readlink(`/proc/self/fd/${handle.fd}`, { encoding: 'buffer' });
  } catch {
    return (await isStillThere(handle, real)) ? real : undefined;
  }
}

/** Checks the path before and after the file: an attacker would have to swap three times at the right moments. */
export async function isStillThere(handle: FileHandle, real: Buffer): Promise<boolean> {
  const isReal = async () => (await realpath(real, { encoding: 'buffer' })).equals(real);
  if (!(await isReal())) return false;
  const [there, opened] = [await lstat(real, { bigint: true }), await handle.stat({ bigint: true })];
  return there.ino === opened.ino && there.dev === opened.dev && (await isReal());
}

export function notRegular(): ImageDeidError {
  return new ImageDeidError({ id: 'error/not-a-regular-file/other', values: {} }, 'read');
}

function outside(): ImageDeidError {
  return new ImageDeidError({ id: 'error/outside-input/link', values: {} }, 'read');
}

function isInside(path: Buffer, root: Buffer): boolean {
  const prefix = root.toString('latin1').replace(/\/$/, '');
  return path.toString('latin1').startsWith(`${prefix}/`);
}
