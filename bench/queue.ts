/**
 * `npm run tool bench/queue.ts -- [--photos 30] [--rounds 3]`: enqueue and one worker with two processes, compared with
 * run with two processes, on the same photos in turns. Whole commands including their start; the worker is already
 * waiting. Needs the built package and redis-server on the PATH.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN } from '../scripts/support/root.ts';
import { freePort } from '../tests/support/free-port.ts';
import { median } from './support/measured-run.ts';
import { makePhotos } from './support/photos.ts';

const JOBS = '2';
const REVIEW = 3;

const { values } = toolArguments(import.meta.url, {
  options: { photos: { type: 'string', default: '30' }, rounds: { type: 'string', default: '3' } },
});
const count = Number(values.photos);

function seconds(words: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [MAIN, ...words], { stdio: 'ignore' });
  if (status !== 0 && status !== REVIEW) throw new Error(`${words[0]} ended with ${status}`);
  return (performance.now() - start) / 1000;
}

const folder = mkdtempSync(join(tmpdir(), 'image-deid-queue-'));
const port = String(await freePort());
const redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
  stdio: 'ignore',
});
const address = `redis://127.0.0.1:${port}`;
const input = join(folder, 'in');
try {
  mkdirSync(input);
  await makePhotos(input, count, { width: 640, height: 480 });
  const results: Record<'run' | 'queue', number[]> = { run: [], queue: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    results.run.push(seconds(['run', input, '--out', join(folder, `run-${round}`), '--jobs', JOBS]));
    const worker = spawn(process.execPath, [MAIN, 'worker', '--redis', address, '--jobs', JOBS], {
      stdio: 'ignore',
    });
    results.queue.push(
      seconds(['enqueue', input, '--out', join(folder, `queue-${round}`), '--redis', address]),
    );
    worker.kill('SIGTERM');
    await once(worker, 'close');
  }
  const speed = (name: 'run' | 'queue') => count / median(results[name]);
  console.table({
    'run, photos per second': Number(speed('run').toFixed(3)),
    'queue, photos per second': Number(speed('queue').toFixed(3)),
    'queue against run': Number((speed('queue') / speed('run')).toFixed(3)),
  });
} finally {
  redis.kill();
  await once(redis, 'close');
  rmSync(folder, { recursive: true });
}
