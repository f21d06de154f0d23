import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderExchange, markExchange, openExchange, Scratch } from './index.js';
import { parseS3Address } from './s3/address.js';
import { listObjects, openS3, s3Status } from './s3/client.js';

const RUN = 'a'.repeat(32);
let folder: string;
let state: string;
let exchange: FolderExchange;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-deid-test-'));
  state = join(folder, 'state');
  for (const name of ['state', 'from', 'to']) await mkdir(join(folder, name));
  await markExchange(state, RUN);
  exchange = new FolderExchange(join(state, 'exchange'), RUN);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a folder through which files are handed over', () => {
  it('is found by its address and marker, and gives back what was delivered', async () => {
    await writeFile(join(folder, 'from/one'), 'bytes');
    const other = await openExchange(exchange.address, RUN);
    await other.deliver(join(folder, 'from'), ['one']);
    expect(await readdir(join(folder, 'from'))).toEqual([]);
    expect((await stat(join(state, 'exchange'))).mode & 0o777).toBe(0o700);
    expect(await exchange.collect(['one'], join(folder, 'to'))).toBe(true);
    expect(await readFile(join(folder, 'to/one'), 'utf8')).toBe('bytes');
    expect(await exchange.collect(['one'], join(folder, 'to'))).toBe(false);
  });

  it('is not one of the same path without the marker of the run', async () => {
    await markExchange(state, 'b'.repeat(32));
    await expect(exchange.check()).rejects.toMatchObject({ code: 'output-unwritable' });
    await expect(exchange.deliver(folder, [])).rejects.toMatchObject({ code: 'output-unwritable' });
    await expect(openExchange('ftp://host', RUN)).rejects.toMatchObject({ code: 'output-unwritable' });
  });

  it('is empty when the run is complete', async () => {
    await writeFile(join(folder, 'from/one'), 'bytes');
    await exchange.deliver(join(folder, 'from'), ['one']);
    await exchange.remove(['absent']);
    await exchange.removeAll();
    expect(await readdir(join(state, 'exchange'))).toEqual([]);
  });
});

describe('the private folder of a worker', () => {
  it('is removed by the next worker when its own was killed', async () => {
    // No process has a number this high.
    const left = join(tmpdir(), `image-deid-worker-4999999-${RUN.slice(0, 6)}`);
    await mkdir(left);
    const scratch = await Scratch.open();
    await expect(stat(left)).rejects.toThrow('ENOENT');
    expect((await stat(scratch.staging)).mode & 0o777).toBe(0o700);
    const inbox = await scratch.withInbox(async (inbox) => {
      await writeFile(join(inbox, 'photo'), 'bytes');
      return inbox;
    });
    await expect(stat(inbox)).rejects.toThrow('ENOENT');
    await scratch.remove();
    await expect(stat(scratch.staging)).rejects.toThrow('ENOENT');
  });
});

describe('object storage', () => {
  it('has addresses with a bucket', () => {
    expect(parseS3Address('s3://bucket/a/b/')).toEqual({ bucket: 'bucket', prefix: 'a/b' });
    expect(parseS3Address('s3://bucket')).toEqual({ bucket: 'bucket', prefix: '' });
    for (const wrong of ['s3://', 's3:///a', 's3://B!/a', 'bucket/a'])
      expect(() => parseS3Address(wrong)).toThrow('s3://bucket/prefix');
  });

  it('says how to install the package that it needs', async () => {
    const load = () => Promise.reject(new Error('none'));
    await expect(openS3(load)).rejects.toThrow('npm install @aws-sdk/client-s3');
    await expect(openS3(load)).rejects.toMatchObject({ code: 'usage' });
  });

  it.each<[string, unknown]>([
    ['a key that is not text', { Contents: [{ Key: 7, ETag: 'x' }] }],
    ['objects that are not a list', { Contents: { Key: 'x' } }],
    ['a next page that is not text', { NextContinuationToken: {} }],
    ['nothing at all', null],
  ])('is not believed when it answers with %s', async (_what, answer) => {
    class Command {}
    class S3Client {
      send = () => Promise.resolve(answer);
    }
    const s3 = await openS3(() => Promise.resolve({ S3Client, ListObjectsV2Command: Command }));
    const failure: unknown = await listObjects(s3, 'bucket', '')
      .next()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(s3Status(failure)).toBeUndefined();
  });

  it('tells the status of a refusal', () => {
    expect(s3Status(Object.assign(new Error('x'), { $metadata: { httpStatusCode: 412 } }))).toBe(412);
    for (const other of [undefined, {}, { $metadata: {} }, { $metadata: { httpStatusCode: '412' } }])
      expect(s3Status(other)).toBeUndefined();
  });
});
