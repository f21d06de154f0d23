/**
 * Treats photos in object storage, with workers that see nothing else, and compares the result with `run` on the same
 * photos as files: npm run tool scripts/check-s3.ts MOTO_SERVER. Moto is an S3-compatible server from PyPI; needs
 * redis-server and dist/.
 */
import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { z } from 'zod';
import { openExchange, openS3Photos } from '../dist/queue/storage/index.js';
import { freePort } from '../tests/support/free-port.ts';
import { failUsage, toolArguments } from './support/arguments.ts';
import { MAIN } from './support/root.ts';

const RUN = 'f'.repeat(32);
const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });
const [motoServer = failUsage(import.meta.url, 'MOTO_SERVER is missing')] = positionals;

/** Starts a server that prints this word when it is ready. */
async function start(command: string, args: readonly string[], word: string): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`${command} ends: ${said}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes(word)) resolve();
      });
    }
  });
  child.removeAllListeners('exit');
  return child;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

const rejects = (promise: Promise<unknown>, code: string) =>
  assert.rejects(promise, (error) => error instanceof Error && 'code' in error && error.code === code);
const linesOf = <T>(path: string, schema: z.ZodType<T>) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => schema.parse(JSON.parse(line)));
const NAME = z.looseObject({ seq: z.number(), source: z.unknown().optional() });
const RECORD = z.looseObject({
  seq: z.number(),
  outcome: z.string(),
  output: z.looseObject({ sha256: z.string() }).optional(),
  settings: z.looseObject({ keepRegions: z.unknown().optional() }),
  caption: z.unknown().optional(),
});
const outcomes = (out: string) => {
  // Only the private state knows which source a record is about.
  const sources = new Map(
    linesOf(join(out, '.state/names.jsonl'), NAME).map(({ seq, source }) => [seq, source]),
  );
  return linesOf(join(out, 'ledger.jsonl'), RECORD)
    .map(({ seq, outcome, output, settings, caption }) => [
      sources.get(seq),
      outcome,
      output?.sha256,
      settings.keepRegions,
      caption,
    ])
    .sort();
};

const work = mkdtempSync(join(tmpdir(), 'image-deid-s3-'));
const children: ChildProcess[] = [];
try {
  const [port, redisPort] = [await freePort(), await freePort()] as const;
  children.push(await start(motoServer, ['-H', '127.0.0.1', '-p', String(port)], 'Running on'));
  const words = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', work];
  children.push(await start('redis-server', words, 'Ready to accept'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    IMAGE_DEID_REDIS_URL: `redis://127.0.0.1:${redisPort}`,
  });
  const client = new S3Client({ forcePathStyle: true });
  const put = (key: string, body: Buffer | string) =>
    client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body }));
  for (const bucket of ['photos', 'scratch']) await client.send(new CreateBucketCommand({ Bucket: bucket }));

  const input = join(work, 'in');
  mkdirSync(join(input, 'deep'), { recursive: true });
  const blank = (r: number) =>
    sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g: 160, b: 140 } } });
  const files = {
    'a.png': await blank(200).png().toBuffer(),
    'a.png.keep.json': '{"keep": [[4, 4, 20, 20]]}',
    'a.txt': 'Mrs Martha Planted',
    'deep/ä b.jpg': await blank(210).jpeg().toBuffer(),
    'none.jpg': 'no photo',
    'a.png.supplemental-metadata.json': '{}',
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(input, name), content);
    await put(`archive/${name}`, content);
  }
  await put('archive/deep/', '');
  await put('archive-of-another/b.png', files['a.png']);

  const photos = await openS3Photos();
  const { photos: listed, besidePhotos } = await photos.list('s3://photos/archive/');
  assert.deepEqual(
    listed.map(({ entry }) => entry.path.toString()),
    ['a.png', 'deep/ä b.jpg', 'none.jpg'].map((name) => `s3://photos/archive/${name}`),
  );
  assert.equal(besidePhotos, 1);
  const [first] = listed;
  assert(first);
  const { entry, version } = first;
  const inbox = (name: string) => {
    mkdirSync(join(work, name));
    return join(work, name);
  };
  const limits = { maxBytes: 1000 };
  await rejects(photos.fetch(entry, '"other"', inbox('changed'), limits), 'changed-while-reading');
  await rejects(photos.fetch(entry, version, inbox('large'), { maxBytes: 10 }), 'too-large');
  assert.deepEqual(readdirSync(join(work, 'large')), []);
  const absent = { ...entry, path: Buffer.from('s3://photos/archive/z.png') };
  await rejects(photos.fetch(absent, undefined, inbox('absent'), limits), 'unreadable');
  await rejects(photos.list('s3://nowhere/x'), 'input-gone');
  await rejects(photos.list('s3://photos/empty'), 'usage');
  console.log('photos are listed and fetched, changed and large ones are not');

  const nowhere = await openExchange('s3://nowhere/x', RUN);
  await rejects(nowhere.check(), 'output-unwritable');
  const exchange = await openExchange('s3://scratch/hand/over/', RUN);
  const [from, to] = [inbox('from'), inbox('to')] as const;
  writeFileSync(join(from, 'one'), 'bytes');
  await exchange.deliver(from, ['one']);
  assert.deepEqual(readdirSync(from), []);
  assert.equal(await exchange.collect(['one', 'two'], to), false);
  assert.equal(readFileSync(join(to, 'one'), 'utf8'), 'bytes');
  await exchange.removeAll();
  assert.equal(await exchange.collect(['one'], to), false);
  console.log('files are handed over');

  const worker = await start(process.execPath, [MAIN, 'worker', '--jobs', '1'], 'Waiting for photos');
  children.push(worker);
  const [out, reference] = [join(work, 'out'), join(work, 'reference')] as const;
  const command = ['--attest', 'no-tattoo'];
  const treated = await cli(
    'enqueue',
    's3://photos/archive',
    '--out',
    out,
    '--exchange',
    's3://scratch/x',
    ...command,
  );
  assert.equal(treated.code, 3, treated.stderr);
  assert.equal((await cli('run', input, '--out', reference, ...command)).code, 3);
  assert.deepEqual(outcomes(out), outcomes(reference));
  assert.equal((await cli('verify', out, '--private')).code, 0);
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'scratch' }));
  assert.deepEqual(Contents, []);
  assert(!/Martha|archive|deep/.test(treated.stderr));
  const ended = once(worker, 'exit');
  worker.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  console.log('photos in object storage become what run makes of the same files');
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}
