/**
 * `npm run tool bench/queue-scale.ts -- [--jobs 20000] [--workers 2]`: what a large batch costs beside the photos
 * themselves. The leading process, the queue, Redis and the ledger are the tool's own; the workers only answer, with a
 * refusal, and no photo exists. Tells jobs per second, the leading process's milliseconds of processor for a job and its
 * memory, and that of Redis, in ten parts of the batch, so that a cost that grows would show, and the bytes of ledger
 * and name map for each photo. Needs the built package and redis-server on the PATH; Linux.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';
import { refusal, runBatch } from '../dist/batch/index.js';
import { ImageDeidError } from '../dist/core/errors.js';
import { DEFAULT_SETTINGS, settingsHash } from '../dist/pipeline/index.js';
import { Output } from '../dist/publish/index.js';
import { openConnection, parseQueueUrl, QueueTreater } from '../dist/queue/index.js';
import { PREFIX, QUEUE } from '../dist/queue/names.js';
import { parseJob, withTreatment } from '../dist/queue/queued-job.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { freePort } from '../tests/support/free-port.ts';

const PARTS = 10;
const AT_ONCE = 50;
const MIB = 2 ** 20;

/** Answers every job at once, as if its photo could not be read. */
function answer(port: number): void {
  const error = new ImageDeidError({ id: 'error/decode-failed/image', values: {} }, 'decode');
  const worker = new Worker(
    QUEUE,
    async (job) => {
      const queued = parseJob(job.data);
      if (!queued) throw new Error('Expected a job of this version');
      const sha256 = createHash('sha256').update(queued.entry.path).digest('hex');
      const about = { entry: queued.entry, known: queued.known, settings: DEFAULT_SETTINGS };
      await job.updateData(withTreatment(queued, refusal(about, error, { sha256, bytes: 4_000_000 }, [])));
    },
    { connection: { host: '127.0.0.1', port }, prefix: PREFIX, concurrency: AT_ONCE },
  );
  process.once('SIGTERM', () => {
    worker.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

const { values } = toolArguments(import.meta.url, {
  options: {
    jobs: { type: 'string', default: '20000' },
    workers: { type: 'string', default: '2' },
    answer: { type: 'string' },
  },
});
if (values.answer === undefined) await lead(Number(values.jobs), Number(values.workers));
else answer(Number(values.answer));

async function lead(jobs: number, workers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'image-deid-scale-'));
  const port = await freePort();
  const server = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const redis = spawn('redis-server', server, { stdio: 'ignore' });
  const self = fileURLToPath(import.meta.url);
  const answering: ChildProcess[] = [];
  try {
    const [input, out] = [join(folder, 'in'), join(folder, 'out')];
    mkdirSync(input);
    const entries = Array.from({ length: jobs }, (_, i) => ({
      path: Buffer.from(join(input, `2024/${i % 1000}/IMG_${i}.jpg`)),
      root: Buffer.from(input),
      named: false,
      display: '',
    }));
    const settings = DEFAULT_SETTINGS;
    const output = await Output.open(out, [], settingsHash(settings));
    const connection = await openConnection(parseQueueUrl(`redis://127.0.0.1:${port}`));
    const treater = await QueueTreater.open({ connection, settings, staging: output.staging });
    for (let i = 0; i < workers; i++) {
      answering.push(fork(self, ['--answer', String(port)], { execArgv: process.execArgv }));
    }
    const rows: Record<string, number>[] = [];
    let [done, since, used] = [0, performance.now(), process.cpuUsage()];
    let told = Promise.resolve();
    const onStep = () => {
      if (++done % Math.ceil(jobs / PARTS) !== 0 && done !== jobs) return;
      const seconds = (performance.now() - since) / 1000;
      const { user, system } = process.cpuUsage(used);
      since = performance.now();
      used = process.cpuUsage();
      const [photos, rss] = [done, process.memoryUsage.rss()];
      const milliseconds = (user + system) / 1000 / Math.ceil(jobs / PARTS);
      told = told.then(async () => {
        const memory = /used_memory:(\d+)/.exec(await connection.redis.info('memory'))?.[1];
        rows.push({
          photos,
          'jobs per second': Math.round(Math.ceil(jobs / PARTS) / seconds),
          'ms of processor for a job': Number(milliseconds.toFixed(2)),
          'leading process, MiB': Math.round(rss / MIB),
          'Redis, MiB': Number((Number(memory) / MIB).toFixed(1)),
        });
      });
    };
    await runBatch(entries, settings, treater, output, { signal: new AbortController().signal, onStep });
    await told;
    console.table(rows);
    const size = (path: string) => Math.round(statSync(join(out, path)).size / jobs);
    console.table({
      'bytes of the ledger per refused photo': size('ledger.jsonl'),
      'bytes of the name map per refused photo': size('.state/names.jsonl'),
      'peak memory of Redis, MiB': Math.round(peakOf(redis.pid ?? 0)),
    });
    await treater.close();
    connection.close();
  } finally {
    for (const worker of answering) worker.kill('SIGTERM');
    await Promise.all(answering.map((worker) => once(worker, 'close')));
    redis.kill();
    await once(redis, 'close');
    rmSync(folder, { recursive: true });
  }
}

/** The most memory that a process has had, in MiB. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
