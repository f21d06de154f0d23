/**
 * `npm run tool bench/batch.ts -- [--photos 2000] [--width 640] [--height 480]`: a long batch on all processes: photos
 * per second, time per photo, peak memory, and how the memory grows. Needs the built package; Linux.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolArguments } from '../scripts/support/arguments.ts';
import { measuredRun, median, quantile } from './support/measured-run.ts';
import { makePhotos } from './support/photos.ts';

/** Memory at the end of the first quarter is compared with memory at the end, each a median over this many photos. */
const AROUND = 50;

const { values } = toolArguments(import.meta.url, {
  options: {
    photos: { type: 'string', default: '2000' },
    width: { type: 'string', default: '640' },
    height: { type: 'string', default: '480' },
  },
});
const count = Number(values.photos);
const folder = mkdtempSync(join(tmpdir(), 'image-deid-batch-'));
try {
  mkdirSync(join(folder, 'in'));
  await makePhotos(join(folder, 'in'), count, { width: Number(values.width), height: Number(values.height) });
  const run = await measuredRun([join(folder, 'in'), '--out', join(folder, 'out')]);
  const around = (photo: number) =>
    median(run.memory.filter(({ photos }) => Math.abs(photos - photo) <= AROUND).map(({ MiB }) => MiB));
  const [early, late] = [around(count / 4), around(count - AROUND)] as const;
  console.table({
    photos: count,
    'exit code': run.code,
    'photos per second': Number((run.photos / run.seconds).toFixed(2)),
    'seconds per photo, median': median(run.perPhoto) / 1000,
    'seconds per photo, 95th percentile': quantile(run.perPhoto, 0.95) / 1000,
    'peak memory of all processes, MiB': Math.round(Math.max(...run.memory.map(({ MiB }) => MiB))),
    [`memory at photo ${count / 4}, MiB`]: Math.round(early),
    [`memory at photo ${count}, MiB`]: Math.round(late),
    'growth, %': Number(((100 * (late - early)) / early).toFixed(1)),
  });
} finally {
  rmSync(folder, { recursive: true });
}
