/**
 * `npm run tool bench/growth.ts -- [--photos 100,1000] [--megapixels 1,3,12,48] [--each 6]`: how the time of a photo
 * grows with their number (of 96 × 72 pixels, on all processes), and with their size (`--each` photos, in one process).
 * Processor seconds are those of all processes, their start included; so a busy machine changes them little. Needs the
 * built package; Linux.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN } from '../scripts/support/root.ts';
import { makePhotos } from './support/photos.ts';

const SMALL = { width: 96, height: 72 };
const REVIEW = 3;

const { values } = toolArguments(import.meta.url, {
  options: {
    photos: { type: 'string', default: '100,1000' },
    megapixels: { type: 'string', default: '1,3,12,48' },
    each: { type: 'string', default: '6' },
  },
});
const numbers = (list: string) => list.split(',').filter(Boolean).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'image-deid-growth-'));

/** Treats so many photos. @returns seconds for each of them */
async function treat(name: string, count: number, size: typeof SMALL, words: readonly string[]) {
  const [input, out] = [join(folder, name), join(folder, `${name}-out`)];
  mkdirSync(input);
  await makePhotos(input, count, size);
  const start = performance.now();
  const args = [
    '-c',
    '"$@"; code=$?; times; exit $code',
    'sh',
    process.execPath,
    MAIN,
    'run',
    input,
    '--out',
    out,
    ...words,
  ];
  const { status, stdout } = spawnSync('sh', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  if (status !== 0 && status !== REVIEW) throw new Error(`run ended with ${status}`);
  const seconds = (performance.now() - start) / 1000;
  const processor = processorSeconds(stdout);
  rmSync(input, { recursive: true });
  rmSync(out, { recursive: true });
  return {
    photos: count,
    'seconds a photo': Number((seconds / count).toFixed(3)),
    'processor seconds a photo': Number((processor / count).toFixed(3)),
  };
}

/** Of the children of a shell, from the last line that its "times" prints. */
function processorSeconds(text: string): number {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
    0,
  );
}

try {
  const byNumber = [];
  for (const count of numbers(values.photos)) byNumber.push(await treat(`n${count}`, count, SMALL, []));
  console.table(byNumber);
  const bySize = [];
  for (const megapixels of numbers(values.megapixels)) {
    const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
    const size = { width, height: Math.round((width * 3) / 4) };
    const row = await treat(`mp${megapixels}`, Number(values.each), size, ['--jobs', '1']);
    bySize.push({
      megapixels,
      ...row,
      'for each megapixel': Number((row['processor seconds a photo'] / megapixels).toFixed(3)),
    });
  }
  console.table(bySize);
} finally {
  rmSync(folder, { recursive: true });
}
