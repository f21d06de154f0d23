import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ImageDeidError } from '../../../core/errors.js';
import { writing } from '../../../publish/index.js';
import type { Exchange } from '../contract.js';
import { parseS3Address } from './address.js';
import { listObjects, openS3, s3Status, type S3 } from './client.js';

const PRIVATE_FILE = 0o600;

/**
 * An exchange whose files are objects s3://bucket/prefix/RUN/NAME, each kept until its photo is published.
 * @throws {ImageDeidError} usage
 */
export async function openS3Exchange(address: string, run: string): Promise<Exchange> {
  const { bucket, prefix } = parseS3Address(address);
  const s3 = await openS3();
  return new S3Exchange(address, s3, bucket, prefix === '' ? `${run}/` : `${prefix}/${run}/`);
}

class S3Exchange implements Exchange {
  constructor(
    readonly address: string,
    private readonly s3: S3,
    private readonly bucket: string,
    private readonly prefix: string,
  ) {}

  async check(): Promise<void> {
    const { sdk, send } = this.s3;
    await storing(() =>
      send(new sdk.ListObjectsV2Command({ Bucket: this.bucket, Prefix: this.prefix, MaxKeys: 1 })),
    );
  }

  async deliver(folder: string, names: readonly string[]): Promise<void> {
    const { sdk, send } = this.s3;
    for (const name of names) {
      const path = join(folder, name);
      const body = await writing(() => readFile(path));
      await storing(() =>
        send(new sdk.PutObjectCommand({ ...this.place(name), Body: body, ContentLength: body.length })),
      );
      await rm(path, { force: true });
    }
  }

  async collect(names: readonly string[], folder: string): Promise<boolean> {
    for (const name of names) {
      const bytes = await this.read(name);
      if (!bytes) return false;
      await writing(() => writeFile(join(folder, name), bytes, { mode: PRIVATE_FILE }));
    }
    return true;
  }

  async remove(names: readonly string[]): Promise<void> {
    const { sdk, send } = this.s3;
    for (const name of names) await storing(() => send(new sdk.DeleteObjectCommand(this.place(name))));
  }

  async removeAll(): Promise<void> {
    const names = await storing(async () => {
      const found: string[] = [];
      for await (const { key } of listObjects(this.s3, this.bucket, this.prefix)) {
        found.push(key.slice(this.prefix.length));
      }
      return found;
    });
    await this.remove(names);
  }

  private place(name: string) {
    return { Bucket: this.bucket, Key: `${this.prefix}${name}` };
  }

  private read(name: string): Promise<Buffer | undefined> {
    const { sdk, send } = this.s3;
    return storing(async () => {
      try {
        const { Body } = await send(new sdk.GetObjectCommand(this.place(name)));
        return Body && (await buffer(Body));
      } catch (error) {
        if (s3Status(error) === 404) return undefined;
        throw error;
      }
    });
  }
}

/** The SDK's own message may name keys; only the server's status is kept. */
async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ImageDeidError) throw cause;
    const status = s3Status(cause);
    throw new ImageDeidError(
      'output-unwritable',
      'worker',
      `The object storage of --exchange cannot be used (${status ?? 'no answer'}); check its endpoint, credentials and bucket`,
      { cause },
    );
  }
}
