import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { lstat, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { ImageDeidError, type ErrorCode } from '../core/errors.js';
import type { Box } from '../core/geometry.js';
import type { Limits } from '../core/limits.js';
import { systemCode } from '../core/system-code.js';
import { MOST_CAPTION_BYTES, readCaption } from '../caption/index.js';
import type { SidecarKind, SourceEntry, SourceFile } from './contract.js';
import { notRegular, openInside } from './open-inside.js';
import { captionPaths, keepPath, SIDECAR_BYTES } from './sidecars.js';

const side = z.number().positive();
const corner = z.number().nonnegative();
const sidecarSchema = z.strictObject({ keep: z.array(z.tuple([corner, corner, side, side])) });

/**
 * Reads one source and the files beside it, without ever waiting on a pipe or leaving the input's folder. A file beside
 * it that is not what its name says is not used, and is reported.
 * @throws {ImageDeidError} not-a-regular-file, outside-input, empty-file, too-large, unreadable,
 * changed-while-reading
 */
export async function readSource(entry: SourceEntry, limits: Pick<Limits, 'maxBytes'>): Promise<SourceFile> {
  const bytes = await readInside(entry.path, entry.root, limits.maxBytes);
  if (bytes.length === 0) throw new ImageDeidError('empty-file', 'read', 'The file is empty');
  const keep = await firstThatIs([keepPath(entry.path)], async (path) =>
    parseKeep(await readInside(path, entry.root, SIDECAR_BYTES)),
  );
  const caption = await firstThatIs(captionPaths(entry.path), async (path) =>
    readCaption(await readInside(path, entry.root, MOST_CAPTION_BYTES)),
  );
  const notUsed: SidecarKind[] = [];
  if (keep.isNotUsed) notUsed.push('keep');
  if (caption.isNotUsed) notUsed.push('caption');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    bytes,
    sha256,
    ...(keep.content && { keep: keep.content }),
    ...(caption.content !== undefined && { caption: caption.content }),
    ...(notUsed.length > 0 && { notUsed }),
  };
}

/** The content of the first file beside a photo that is what its name says, and whether another one was not. */
async function firstThatIs<T>(
  paths: readonly Buffer[],
  read: (path: Buffer) => Promise<T>,
): Promise<{ readonly content?: T; readonly isNotUsed: boolean }> {
  let isNotUsed = false;
  for (const path of paths) {
    if (!(await isThere(path))) continue;
    try {
      return { content: await read(path), isNotUsed };
    } catch {
      isNotUsed = true;
    }
  }
  return { isNotUsed };
}

/** A file that cannot even be looked at is assumed to exist. */
async function isThere(path: Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENAMETOOLONG'].includes(systemCode(error));
  }
}

function parseKeep(bytes: Buffer): Box[] {
  const { keep } = sidecarSchema.parse(JSON.parse(bytes.toString('utf8')));
  return keep.map(([x, y, width, height]) => ({ x, y, width, height }));
}

async function readInside(path: Buffer, root: Buffer, maxBytes: number): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await openInside(path, root);
    return await readWhole(handle, maxBytes);
  } catch (error) {
    throw readError(error);
  } finally {
    await handle?.close();
  }
}

async function readWhole(handle: FileHandle, maxBytes: number): Promise<Buffer> {
  const before = await handle.stat({ bigint: true });
  if (!before.isFile()) throw notRegular();
  if (before.size > BigInt(maxBytes)) {
    throw new ImageDeidError('too-large', 'read', `The file has more than ${maxBytes} bytes`);
  }
  // One byte more, so that a growing file is noticed.
  const buffer = Buffer.alloc(Number(before.size) + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  assertUnchanged(before, await handle.stat({ bigint: true }), length);
  return buffer.subarray(0, length);
}

/** @throws {ImageDeidError} changed-while-reading */
export function assertUnchanged(before: BigIntStats, after: BigIntStats, length: number): void {
  if (before.size !== after.size || before.mtimeNs !== after.mtimeNs || BigInt(length) !== before.size) {
    throw new ImageDeidError('changed-while-reading', 'read', 'The file was changed while it was read');
  }
}

const CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  EISDIR: ['not-a-regular-file', 'Expected a regular file'],
  ENXIO: ['not-a-regular-file', 'Expected a regular file'],
  ELOOP: ['not-a-regular-file', 'A symbolic link leads round in a circle'],
};

/** What a failed read means for the photo; the system's own message may name the file and stays in `cause`. */
export function readError(error: unknown): ImageDeidError {
  if (error instanceof ImageDeidError) return error;
  const [code, message] = CODES[systemCode(error)] ?? ['unreadable', 'The file cannot be read'];
  return new ImageDeidError(code, 'read', message, { cause: error });
}
