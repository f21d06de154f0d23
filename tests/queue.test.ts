import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onTheWay } from '../src/batch/index.js';
import { DEFAULT_SETTINGS } from '../src/pipeline/index.js';
import { openConnection, parseQueueUrl, QueueTreater } from '../src/queue/index.js';
import { writeBlankPhotos } from './support/blank-photos.js';
import { cli, readLedger, readSources, temporaryFolder } from './support/cli.js';
import { freePort } from './support/free-port.js';
import { PASSWORD, startRedis, type RedisServer } from './support/redis-server.js';
import { startCli } from './support/running-cli.js';
import { entryIn } from './support/source-entry.js';

const PHOTOS = 6;
/** With the one that is none. */
const FILES = PHOTOS + 1;
const BULLMQ = { prefix: 'image-deid' };
/** Shorter than in earnest, so that a lost worker is noticed soon; a busy machine is still not taken for a lost one. */
const WORKER = ['worker', '--jobs', '1', '--lease', '4'];
/** Each test starts several commands, each of which loads all models. */
const PATIENT = { timeout: 600_000 };

let folder: string;
let redis: RedisServer;
let client: Redis;
let queue: Queue;
let plain: { IMAGE_DEID_REDIS_URL: string };
/** What `run` makes of the same photos. */
let expected: unknown[];

const words = (command: 'run' | 'enqueue', out: string) => [
  command,
  join(folder, 'in'),
  '--out',
  join(folder, out),
  '--attest',
  'no-tattoo',
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeBlankPhotos(
    join(folder, 'in'),
    Array.from({ length: PHOTOS }, (_, i) => `Martha-${i}.png`),
  );
  await writeFile(join(folder, 'in', 'none.jpg'), 'no photo');
  redis = await startRedis(folder);
  plain = { IMAGE_DEID_REDIS_URL: redis.url };
  client = new Redis(redis.url);
  queue = new Queue('photos', { ...BULLMQ, connection: server() });
  expect((await cli(words('run', 'out-run'))).code).toBe(3);
  expected = await outcomes('out-run');
});
afterAll(async () => {
  await queue.close();
  client.disconnect();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

function server() {
  return { host: '127.0.0.1', port: redis.port, password: PASSWORD };
}

/** What became of each photo; published bytes are the same whoever treats it. */
async function outcomes(out: string): Promise<unknown[]> {
  const records = await readLedger(join(folder, out));
  const sources = await readSources(join(folder, out));
  return records
    .map(({ seq, outcome, output, error }) => [sources.get(seq), outcome, output?.sha256, error?.code])
    .sort();
}

/** Everything is there, once, as `run` would have it, and nothing is left over. */
async function expectComplete(out: string): Promise<void> {
  expect(await outcomes(out)).toEqual(expected);
  expect((await readdir(join(folder, out, 'cleared'))).length).toBe(PHOTOS);
  expect((await cli(['verify', join(folder, out), '--private'])).code).toBe(0);
  expect(await readdir(join(folder, out, '.state/exchange'))).toEqual([]);
  expect(await contentOfRedis()).not.toMatch(/settings|treatment|Martha/);
  expect(await queue.getJobCounts()).toMatchObject({ waiting: 0, active: 0, completed: 0, failed: 0 });
}

/** All keys and values as text, base64 read as well. */
async function contentOfRedis(): Promise<string> {
  const found: string[] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    found.push(key);
    if (type === 'hash') found.push(JSON.stringify(await client.hgetall(key)));
    if (type === 'string') found.push((await client.get(key)) ?? '');
    if (type === 'stream') found.push(JSON.stringify(await client.xrange(key, '-', '+')));
  }
  return found.join('\n');
}

/** Resolves with the next event of the queue. */
async function nextOf(event: 'waiting' | 'active', times = 1): Promise<void> {
  const events = new QueueEvents('photos', {
    ...BULLMQ,
    connection: server(),
    lastEventId: '0',
  });
  await new Promise<void>((resolve) => {
    let seen = 0;
    events.on(event, () => {
      if (++seen === times) resolve();
    });
  });
  await events.close();
}

/** Of tests before. */
async function forgetEvents(): Promise<void> {
  await queue.trimEvents(0);
}

async function status() {
  const { code, stdout } = await cli(['status', '--json'], { env: { ...process.env, ...plain } });
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<'waiting' | 'active' | 'done' | 'failed', number> & {
    workers: { jobs: number }[];
  };
}

describe('photos treated through a queue', PATIENT, () => {
  it('give what run gives, with two workers, and wait without pixels until there are workers', async () => {
    const first = startCli(words('enqueue', 'out'), plain);
    await nextOf('waiting', FILES);
    expect(await first.event('no-worker')).toMatchObject({ level: 'warn' });
    const content = await contentOfRedis();
    expect(content).toContain(Buffer.from(join(folder, 'in', 'Martha-0.png')).toString('base64'));
    expect(content).not.toMatch(/Martha|PNG|iVBOR/);
    expect(await status()).toMatchObject({ waiting: FILES, active: 0, workers: [] });
    await first.end('SIGKILL');

    // Where the photos are not mounted nothing is refused.
    await rename(join(folder, 'in'), join(folder, 'away'));
    const lost = startCli(WORKER, plain);
    expect(await lost.event('run-failed')).toMatchObject({ code: 'input-gone' });
    expect(await lost.end()).toBe(1);
    await rename(join(folder, 'away'), join(folder, 'in'));
    expect(await status()).toMatchObject({ waiting: FILES, active: 0, failed: 0 });

    const port = await freePort();
    const workers = [startCli([...WORKER, '--metrics', String(port)], plain), startCli(WORKER, plain)];
    await Promise.all(workers.map((worker) => worker.event('photo')));
    // What is no photo goes through no stage.
    await workers[0]?.event('photo', ({ outcome }) => outcome !== 'refused');
    // eslint-disable-next-line no-restricted-globals -- a server of this test
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/image_deid_photos_total\{outcome="\w+"\} \d/);
    expect(metrics).toMatch(/image_deid_stage_seconds_bucket\{le="1",stage="detect"\}/);
    expect(metrics).not.toMatch(/Martha|\.png/);
    expect((await status()).workers).toHaveLength(2);
    const second = startCli(words('enqueue', 'out'), plain);
    expect(await second.end()).toBe(3);
    for (const worker of workers) expect(await worker.end('SIGTERM')).toBe(0);
    await expectComplete('out');
    for (const { text } of [first, second, lost, ...workers]) expect(text()).not.toMatch(/Martha|word%/);
  });

  it('are neither lost nor duplicated when a worker is killed; over TLS', async () => {
    await forgetEvents();
    const secure = { IMAGE_DEID_REDIS_URL: redis.tlsUrl, NODE_EXTRA_CA_CERTS: redis.ca };
    const killed = startCli(WORKER, secure);
    const lead = startCli(words('enqueue', 'out-killed'), secure);
    await nextOf('active');
    await killed.end('SIGKILL');
    const other = startCli(WORKER, secure);
    expect(await lead.end()).toBe(3);
    expect(await other.end('SIGTERM')).toBe(0);
    await expectComplete('out-killed');
  });

  it('are refused when their workers are lost three times', async () => {
    await forgetEvents();
    const killed = startCli(WORKER, plain);
    const photo = join(folder, 'in', 'Martha-0.png');
    const lead = startCli(['enqueue', photo, '--out', join(folder, 'out-crash')], plain);
    await nextOf('active');
    const [job] = await queue.getActive();
    // As if it had happened twice before.
    await client.hset(queue.toKey(job!.id!), 'stc', 2);
    await killed.end('SIGKILL');
    const other = startCli(WORKER, plain);
    expect(await lead.end()).toBe(3);
    expect(await other.end('SIGTERM')).toBe(0);
    const [record] = await readLedger(join(folder, 'out-crash'));
    expect(record).toMatchObject({ outcome: 'refused', error: { code: 'worker-crashed' } });
    const source = (await readSources(join(folder, 'out-crash'))).get(1);
    expect(expected).toContainEqual([source, 'cleared', expect.anything(), undefined]);
  });

  it('are added again when the server loses its memory', async () => {
    await forgetEvents();
    const state = join(folder, 'state');
    await mkdir(join(state, 'staging'), { recursive: true });
    const connection = await openConnection(parseQueueUrl(redis.url));
    const plan = { connection, settings: DEFAULT_SETTINGS, staging: join(state, 'staging'), lookEvery: 20 };
    const treater = await QueueTreater.open(plan);
    const entry = onTheWay(entryIn(join(folder, 'in'), 'none.jpg'));
    const stop = new AbortController();
    const left = treater.treat({ entry, settings: DEFAULT_SETTINGS, known: [] }, stop.signal);
    await nextOf('waiting');
    await client.flushall();
    await nextOf('waiting');
    expect(await queue.getWaitingCount()).toBe(1);
    stop.abort();
    expect(await left).toEqual({ kind: 'left' });
    await treater.close();
    connection.close();
    await queue.obliterate();
  });

  it('are still treated when the server forgets everything while workers are working', async () => {
    await forgetEvents();
    const worker = startCli(WORKER, plain);
    const lead = startCli([...words('enqueue', 'out-forgotten')], plain);
    await nextOf('active');
    await client.flushall();
    expect(await lead.end()).toBe(3);
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(worker.log.map(({ event }) => event)).not.toContain('run-failed');
    await expectComplete('out-forgotten');
  });

  it('are refused only where what a worker says cannot be right; that no worker is left is reported', async () => {
    await forgetEvents();
    const state = join(folder, 'state-false');
    await mkdir(join(state, 'staging'), { recursive: true });
    const connection = await openConnection(parseQueueUrl(redis.url));
    let tell: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const treater = await QueueTreater.open({
      connection,
      settings: DEFAULT_SETTINGS,
      staging: join(state, 'staging'),
      lookEvery: 20,
      tellAfter: 60,
      onNoWorker: tell,
    });
    const entry = onTheWay(entryIn(join(folder, 'in'), 'none.jpg'));
    const job = { entry, settings: DEFAULT_SETTINGS, known: [] };
    const treating = treater.treat(job, new AbortController().signal);
    await told;
    const forger = new Worker(
      'photos',
      async (taken) => {
        const draft = { seq: 1, prev: 'x', outcome: 'cleared', output: { name: '../../victim' } };
        await taken.updateData({ ...taken.data, treatment: { kind: 'treated', source: 'x', draft } });
        return null;
      },
      { ...BULLMQ, connection: server() },
    );
    expect(await treating).toMatchObject({
      kind: 'treated',
      draft: { outcome: 'refused', error: { code: 'worker-crashed' } },
    });
    await forger.close();
    await treater.settled(job);
    await treater.close();
    connection.close();
  });

  it('wait when the command that publishes them is killed; a worker that is told to stop finishes its own', async () => {
    await forgetEvents();
    const worker = startCli(WORKER, plain);
    const lead = startCli(words('enqueue', 'out-lead'), plain);
    await lead.event('photo');
    await lead.end('SIGKILL');
    expect(await worker.end('SIGTERM')).toBe(0);
    const { active, waiting, done } = await status();
    expect(active).toBe(0);
    expect(waiting).toBeGreaterThan(0);
    expect(waiting + done).toBeGreaterThanOrEqual(FILES - 2);

    const another = startCli(WORKER, plain);
    expect(await startCli(words('enqueue', 'out-lead'), plain).end()).toBe(3);
    expect(await another.end('SIGTERM')).toBe(0);
    await expectComplete('out-lead');
  });

  it('are left in the queue when the command is told to stop', async () => {
    await forgetEvents();
    const caption = join(folder, 'caption.txt');
    await writeFile(caption, 'Martha Planted, born 3 May 1950');
    const lead = startCli([...words('enqueue', 'out-stop'), '--caption', caption], plain);
    await nextOf('waiting', FILES);
    expect(await contentOfRedis()).not.toMatch(/Martha|Planted|1950/);
    expect(await lead.end('SIGTERM')).toBe(1);
    expect(lead.log.at(-1)).toMatchObject({ event: 'stopped' });
    expect(await queue.getWaitingCount()).toBe(FILES);
    await queue.obliterate();
  });
});

describe('a queue that cannot be used', () => {
  const port = freePort();
  it.each([
    ['is not there', async () => ({ IMAGE_DEID_REDIS_URL: `redis://127.0.0.1:${await port}` }), 'reached'],
    [
      'does not know the password',
      async () => ({ IMAGE_DEID_REDIS_URL: `redis://:secret1@127.0.0.1:${redis.port}` }),
      'password',
    ],
    [
      'wants a password',
      async () => ({ IMAGE_DEID_REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
      'password',
    ],
    ['is not trusted', async () => ({ IMAGE_DEID_REDIS_URL: redis.tlsUrl }), 'NODE_EXTRA_CA_CERTS'],
  ])('because it %s ends the command with a sentence', async (_why, env, sentence) => {
    const variables = { ...process.env, ...(await env()) };
    const { code, stderr } = await cli(words('enqueue', 'out-none'), { env: variables });
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/secret1|word%|127\.0\.0\.1|Martha/);
    await expect(readdir(join(folder, 'out-none'))).rejects.toThrow('ENOENT');
  });

  it('is wrong usage when no address is given, or an invalid one', async () => {
    const none = { ...process.env, IMAGE_DEID_REDIS_URL: '' };
    expect((await cli(['status'], { env: none })).code).toBe(2);
    const { code, stderr } = await cli(['status', '--redis', 'http://:secret1@host'], { env: none });
    expect(code).toBe(2);
    expect(stderr).not.toContain('secret1');
  });
});
