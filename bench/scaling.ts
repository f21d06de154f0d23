/**
 * `npm run tool bench/scaling.ts -- [--photos 40] [--rounds 3] [--width 640] [--height 480]`: two processes compared
 * with one that may use one core, and with one that may use two, on the same photos, in turns so that a busy machine
 * slows all of them. Needs the built package; Linux, two cores or more.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolArguments } from '../scripts/support/arguments.ts';
import { measuredRun, median, type MeasuredRun } from './support/measured-run.ts';
import { makePhotos } from './support/photos.ts';

const WAYS = {
  'one process, one core': { jobs: 1, cores: '0' },
  'one process, two cores': { jobs: 1, cores: '0,1' },
  'two processes, two cores': { jobs: 2, cores: '0,1' },
} as const;
type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Way[];

const { values } = toolArguments(import.meta.url, {
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
  const results: Record<Way, MeasuredRun[]> = {
    'one process, one core': [],
    'one process, two cores': [],
    'two processes, two cores': [],
  };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const way of NAMES) {
      const { jobs, cores } = WAYS[way];
      const words = [join(folder, 'in'), '--out', join(folder, `${round} ${way}`), '--jobs', String(jobs)];
      results[way].push(await measuredRun(words, cores));
    }
  }
  const speed = (way: Way) => median(results[way].map(({ photos, seconds }) => photos / seconds));
  const peak = (way: Way) => Math.max(...results[way].flatMap(({ memory }) => memory.map(({ MiB }) => MiB)));
  console.table(
    Object.fromEntries(
      NAMES.map((way) => [
        way,
        {
          'photos per second': Number(speed(way).toFixed(3)),
          'peak MiB': Math.round(peak(way)),
          'two processes against it': Number((speed('two processes, two cores') / speed(way)).toFixed(2)),
        },
      ]),
    ),
  );
} finally {
  rmSync(folder, { recursive: true });
}
