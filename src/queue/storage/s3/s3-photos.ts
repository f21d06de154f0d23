import { open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_CAPTION_BYTES } from '../../../caption/index.js';
import { ImageDeidError, type ErrorFinding } from '../../../core/errors.js';
import type { Limits } from '../../../core/limits.js';
import { writing } from '../../../publish/index.js';
import {
  captionPaths,
  displayName,
  isBesidePhotos,
  isKeepPath,
  keepPath,
  SIDECAR_BYTES,
  type SourceEntry,
} from '../../../source/index.js';
import type { PhotoStore } from '../contract.js';
import { parseS3Address, s3Address } from './address.js';
import { listObjects, openS3, s3Status, type S3 } from './client.js';

const PRIVATE_FILE = 0o600;
/** The name that a fetched photo always has in its folder. */
const PHOTO = Buffer.from('photo');

/** Photos in S3-compatible object storage. @throws {ImageDeidError} usage */
export async function openS3Photos(): Promise<PhotoStore> {
  return new S3Photos(await openS3());
}

class S3Photos implements PhotoStore {
  constructor(private readonly s3: S3) {}

  async list(address: string) {
    const { bucket, prefix } = parseS3Address(address);
    const root = Buffer.from(s3Address(bucket, prefix));
    const found = new Map<string, { entry: SourceEntry; version: string }>();
    const beside = new Set<string>();
    try {
      for await (const { key, etag } of listObjects(this.s3, bucket, prefix)) {
        const isInside = prefix === '' || key === prefix || key.startsWith(`${prefix}/`);
        // A key that ends with a slash stands for a folder.
        if (!isInside || key.endsWith('/')) continue;
        const path = Buffer.from(s3Address(bucket, key));
        const entry = { path, root, named: key === prefix, display: displayName(path) };
        if (isKeepPath(path)) continue;
        if (!entry.named && isBesidePhotos(path)) beside.add(path.toString('latin1'));
        else found.set(path.toString('latin1'), { entry, version: etag });
      }
    } catch (cause) {
      throw gone(cause);
    }
    for (const { entry } of found.values()) {
      for (const caption of captionPaths(entry.path)) beside.delete(caption.toString('latin1'));
    }
    if (found.size > 0) return { photos: [...found.values()], besidePhotos: beside.size };
    throw new ImageDeidError({ id: 'error/usage/no-objects', values: {} }, 'usage');
  }

  async fetch(
    { path, root }: SourceEntry,
    version: string | undefined,
    folder: string,
    { maxBytes }: Pick<Limits, 'maxBytes'>,
  ): Promise<SourceEntry> {
    const inbox = Buffer.from(folder);
    const photo = Buffer.concat([inbox, Buffer.from('/'), PHOTO]);
    try {
      if (!(await this.lay(path, photo, maxBytes, version))) throw unreadable();
      // The same rules as for files beside a photo on disk: their own size limits, and the first caption that exists.
      await this.layBeside(keepPath(path), keepPath(photo), SIDECAR_BYTES);
      for (const caption of captionPaths(path)) {
        const local = join(folder, `${PHOTO.toString()}.txt`);
        if (await this.layBeside(caption, Buffer.from(local), MOST_CAPTION_BYTES)) break;
      }
    } catch (error) {
      if (error instanceof ImageDeidError) throw error;
      if (s3Status(error) === 412) {
        throw new ImageDeidError({ id: 'error/changed-while-reading/object', values: {} }, 'read', {
          cause: error,
        });
      }
      await this.assertThere(root);
      throw unreadable(error);
    }
    return { path: photo, root: inbox, named: true, display: '' };
  }

  /** A file too large to be what its name says is put there too: whoever reads it reports that. */
  private async layBeside(from: Buffer, to: Buffer, maxBytes: number): Promise<boolean> {
    try {
      return await this.lay(from, to, maxBytes);
    } catch (error) {
      if (!(error instanceof ImageDeidError) || error.code !== 'too-large') throw error;
      await writing(async () => {
        await rm(to, { force: true });
        await writeFile(to, Buffer.alloc(maxBytes + 1), { mode: PRIVATE_FILE });
      });
      return true;
    }
  }

  /** @returns false when there is no such object */
  private async lay(from: Buffer, to: Buffer, maxBytes: number, version?: string): Promise<boolean> {
    const { bucket, prefix: key } = addressOf(from);
    const { sdk, send } = this.s3;
    const tooLarge = () =>
      new ImageDeidError({ id: 'error/too-large/object', values: { most: maxBytes } }, 'read');
    let answer;
    try {
      answer = await send(
        new sdk.GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(version !== undefined && { IfMatch: version }),
        }),
      );
    } catch (error) {
      if (s3Status(error) === 404) return false;
      throw error;
    }
    const { Body, ContentLength = 0 } = answer;
    if (!Body) return false;
    // Also ends the transfer: an object is never read to its end only to be thrown away.
    if (ContentLength > maxBytes) {
      for await (const _chunk of Body) break;
      throw tooLarge();
    }
    const handle = await writing(() => open(to, 'wx', PRIVATE_FILE));
    try {
      let length = 0;
      for await (const chunk of Body) {
        length += chunk.length;
        if (length > maxBytes) throw tooLarge();
        await append(handle, chunk);
      }
    } finally {
      await handle.close();
    }
    return true;
  }

  /** Tells an object that cannot be read from a store that cannot be read. @throws {ImageDeidError} input-gone */
  private async assertThere(root: Buffer): Promise<void> {
    const { bucket, prefix } = addressOf(root);
    const { sdk, send } = this.s3;
    try {
      await send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }));
    } catch (cause) {
      throw gone(cause);
    }
  }
}

/** Bucket and key of an object as it was listed, whatever the key ends with. */
function addressOf(path: Buffer): { readonly bucket: string; readonly prefix: string } {
  const { bucket } = parseS3Address(path.toString());
  return { bucket, prefix: path.toString().slice(s3Address(bucket, '').length) };
}

async function append(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  await writing(() => handle.writeFile(bytes));
}

function gone(cause: unknown): ImageDeidError {
  const status = s3Status(cause);
  const finding: ErrorFinding =
    status === undefined
      ? { id: 'error/input-gone/storage-silent', values: {} }
      : { id: 'error/input-gone/storage', values: { answer: String(status) } };
  return new ImageDeidError(finding, 'read', { cause });
}

function unreadable(cause?: unknown): ImageDeidError {
  return new ImageDeidError({ id: 'error/unreadable/object', values: {} }, 'read', { cause });
}
