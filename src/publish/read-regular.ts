import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { VerifyFinding } from '../core/findings.js';
import { systemCode } from '../core/system-code.js';

/** Whoever filled a folder may have put a link, a pipe or something endless in a file's place. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Why a file was not read. */
export class NotRead extends Error {
  constructor(
    readonly finding: VerifyFinding,
    options?: ErrorOptions,
  ) {
    super(finding.id, options);
  }
}

export const UNREADABLE: VerifyFinding = { id: 'verify/unreadable', values: {} };

/**
 * Reads a file of a folder that has been in others' hands: no link is followed, only a regular file is opened, and no
 * more is read than `most` bytes.
 * @param most bytes
 * @returns undefined when there is no such file
 * @throws {NotRead}
 */
export async function readRegular(path: string, most: number): Promise<Buffer | undefined> {
  const kind = await kindOf(path);
  if (kind === 'absent') return undefined;
  if (kind !== 'file') throw new NotRead({ id: 'verify/not-a-file', values: { kind } });
  try {
    // Windows has neither flag; there only a file's owner could replace it by a link.
    const handle = await open(path, FLAGS);
    try {
      const { size } = await handle.stat();
      if (size > most) throw new NotRead({ id: 'verify/too-large', values: {} });
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof NotRead ? error : new NotRead(UNREADABLE, { cause: error });
  }
}

/** What lies at a place, without opening it. */
export async function kindOf(path: string): Promise<'absent' | 'file' | 'folder' | 'link' | 'other'> {
  const found = await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new NotRead(UNREADABLE, { cause: error });
  });
  if (!found) return 'absent';
  if (found.isSymbolicLink()) return 'link';
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
}
