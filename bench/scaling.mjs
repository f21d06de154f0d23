/**
 * `node bench/scaling.mjs [--photos 40] [--rounds 3] [--width 640] [--height 480]`: two processes against one on the
 * same photos, in turns so that a busy machine slows both. Needs the built package; Linux.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measuredRun, median } from './support/measured-run.mjs';
import { makePhotos } from './support/photos.mjs';

const JOBS = [1, 2];

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
    width: { type: 'string', default: '640' },
    height: { type: 'string', default: '480' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'image-deid-scaling-'));
try {
  mkdirSync(join(folder, 'in'));
  const size = { width: Number(values.width), height: Number(values.height) };
  await makePhotos(join(folder, 'in'), Number(values.photos), size);
  const results = new Map(JOBS.map((jobs) => [jobs, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const jobs of JOBS) {
      const out = join(folder, `out-${round}-${jobs}`);
      results.get(jobs).push(await measuredRun([join(folder, 'in'), '--out', out, '--jobs', String(jobs)]));
    }
  }
  const speed = (jobs) => median(results.get(jobs).map(({ photos, seconds }) => photos / seconds));
  const peak = (jobs) => Math.max(...results.get(jobs).flatMap(({ memory }) => memory.map(({ MiB }) => MiB)));
  console.table(
    Object.fromEntries(
      JOBS.map((jobs) => [
        `${jobs} processes`,
        { 'photos per second': Number(speed(jobs).toFixed(3)), 'peak MiB': Math.round(peak(jobs)) },
      ]),
    ),
  );
  console.log(`two processes against one: ${(speed(2) / speed(1)).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
