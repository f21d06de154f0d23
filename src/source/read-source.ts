import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { ImageDeidError, type ErrorCode } from '../core/errors.js';
import type { Box } from '../core/geometry.js';
import type { Limits } from '../core/limits.js';
import { MOST_CAPTION_BYTES, readCaption } from '../caption/index.js';
import type { SourceEntry, SourceFile } from './contract.js';
import { captionPaths, keepPath, SIDECAR_BYTES } from './sidecars.js';

const side = z.number().positive();
const corner = z.number().nonnegative();
const sidecarSchema = z.strictObject({ keep: z.array(z.tuple([corner, corner, side, side])) });

/**
 * Reads one source and the files beside it without ever waiting on a pipe or leaving the input's folder.
 * @throws {ImageDeidError} not-a-regular-file, outside-input, empty-file, too-large, unreadable,
 * changed-while-reading; malformed when a file beside it is not right
 */
export async function readSource(entry: SourceEntry, limits: Pick<Limits, 'maxBytes'>): Promise<SourceFile> {
  const bytes = await readInside(entry.path, entry.root, limits.maxBytes);
  if (bytes.length === 0) throw new ImageDeidError('empty-file', 'read', 'The file is empty');
  const keep = await readKeep(entry);
  const caption = await readCaptionBeside(entry);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, ...(keep && { keep }), ...(caption !== undefined && { caption }) };
}

async function isThere(path: Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENAMETOOLONG') return false;
    throw readError(error);
  }
}

async function readCaptionBeside(entry: SourceEntry): Promise<string | undefined> {
  for (const path of captionPaths(entry.path)) {
    if (await isThere(path)) return readCaption(await readInside(path, entry.root, MOST_CAPTION_BYTES));
  }
  return undefined;
}

async function readKeep(entry: SourceEntry): Promise<Box[] | undefined> {
  const path = keepPath(entry.path);
  if (!(await isThere(path))) return undefined;
  try {
    const parsed: unknown = JSON.parse((await readInside(path, entry.root, SIDECAR_BYTES)).toString('utf8'));
    return sidecarSchema.parse(parsed).keep.map(([x, y, width, height]) => ({ x, y, width, height }));
  } catch (cause) {
    throw new ImageDeidError(
      'malformed',
      'read',
      'The keep file beside the photo is not right: expected {"keep": [[x, y, width, height], …]} in pixels',
      { cause },
    );
  }
}

async function readInside(path: Buffer, root: Buffer, maxBytes: number): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    const [real, realRoot] = await Promise.all([
      realpath(path, { encoding: 'buffer' }),
      realpath(root, { encoding: 'buffer' }),
    ]);
    if (!isInside(real, realRoot)) {
      throw new ImageDeidError('outside-input', 'read', 'A symbolic link leads out of the input folder');
    }
    // Looked at before it is opened: opening a device can already do something.
    if (!(await lstat(real)).isFile()) throw notRegular();
    handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
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
  // One byte more, so that a file that grows is noticed.
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
  const [code, message] = CODES[(error as NodeJS.ErrnoException).code ?? ''] ?? [
    'unreadable',
    'The file cannot be read',
  ];
  return new ImageDeidError(code, 'read', message, { cause: error });
}

function notRegular(): ImageDeidError {
  return new ImageDeidError('not-a-regular-file', 'read', 'Expected a regular file');
}

function isInside(path: Buffer, root: Buffer): boolean {
  const prefix = root.toString('latin1').replace(/\/$/, '');
  return path.toString('latin1').startsWith(`${prefix}/`);
}
