/**
 * What photos of 48 and 12 megapixels and a small one cost, per stage, compared with sharp decoding and re-encoding the
 * same JPEG; and a HEIC of 12 megapixels compared with the same, if Python's pillow-heif is there to make it.
 *
 *   npm run bench -- [TITLE…] [--repeats 3]        TITLE: "48 megapixels", "12 megapixels", "HEIC", "600 pixels"
 *
 * Measured as a worker works: with its settings for memory, one thread per engine, and a process's second photo, when
 * models are loaded. Seconds are processor time, which a busy machine changes little. Each measurement has a process of
 * its own, so that its peak memory is its own too. Keeps the figures in bench/history; docs/PERFORMANCE.md says what they mean. Needs the built
 * package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { z } from 'zod';
import { COLLECTING, FREED_IS_FREE } from '../dist/batch/index.js';
import { failUsage, toolArguments } from '../scripts/support/arguments.ts';
import { entryOf, keep, type Cost } from './support/history.ts';
import { median } from './support/measured-run.ts';
import { grainOf } from './support/photos.ts';

interface Size {
  readonly width: number;
  readonly height: number;
  readonly isHeic?: true;
}

const PHOTOS: Readonly<Record<string, Size>> = {
  '48 megapixels': { width: 8064, height: 6048 },
  '12 megapixels': { width: 4032, height: 3024 },
  HEIC: { width: 4032, height: 3024, isHeic: true },
  '600 pixels': { width: 600, height: 450 },
};
const JOBS = ['baseline', 'image-deid'] as const;
type Job = (typeof JOBS)[number];
/** Seconds that one character of a bar stands for. */
const PER_CHARACTER = 0.1;
const JOB = fileURLToPath(new URL('support/cost-job.mjs', import.meta.url));
const DEMO = fileURLToPath(new URL('../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url));
const MEASURED = z.object({ seconds: z.record(z.string(), z.number()), peakMiB: z.number() });
type Measured = z.infer<typeof MEASURED>;

const { values, positionals: wanted } = toolArguments(import.meta.url, {
  allowPositionals: true,
  options: { repeats: { type: 'string', default: '3' } },
});
const repeats = Number(values.repeats);
for (const title of wanted) if (!(title in PHOTOS)) failUsage(import.meta.url, `There is no "${title}"`);

/** A photo as a phone writes it: noise included, because a smooth enlargement would be too easy to encode. */
async function makePhoto(path: string, width: number, height: number): Promise<void> {
  const grain = await grainOf(width, height);
  const picture = sharp(DEMO)
    .resize(width, height, { fit: 'cover' })
    .composite([{ input: grain, blend: 'soft-light' }]);
  writeFileSync(path, await picture.jpeg({ quality: 92 }).toBuffer());
}

/** @returns whether the file could be written */
function writeHeic(jpeg: string, path: string): boolean {
  const script =
    'import sys, pillow_heif; from PIL import Image; pillow_heif.register_heif_opener(); Image.open(sys.argv[1]).save(sys.argv[2], quality=80)';
  return spawnSync('python3', ['-c', script, jpeg, path], { stdio: 'ignore' }).status === 0;
}

/** In turns, so that a busy machine slows both. */
function measure(photos: Readonly<Record<Job, string>>): Record<Job, Measured[]> {
  const results: Record<Job, Measured[]> = { baseline: [], 'image-deid': [] };
  for (let i = 0; i < repeats; i++) {
    for (const job of JOBS) {
      const env = { ...process.env, ...FREED_IS_FREE };
      const options = { maxBuffer: 2 ** 26, encoding: 'utf8', env } as const;
      const told = execFileSync(process.execPath, [...COLLECTING, JOB, job, photos[job]], options);
      results[job].push(MEASURED.parse(JSON.parse(told)));
    }
  }
  return results;
}

/** Medians of all repeats. */
function costOf(results: Readonly<Record<Job, readonly Measured[]>>): Cost {
  const seconds = (job: Job, stage: string) =>
    median(results[job].map((result) => result.seconds[stage] ?? NaN));
  const stages = Object.keys(results['image-deid'][0]?.seconds ?? {}).filter((name) => name !== 'total');
  const round = (value: number) => Number(value.toFixed(3));
  const [ours, baseline] = [seconds('image-deid', 'total'), seconds('baseline', 'total')];
  return {
    baselineSeconds: round(baseline),
    seconds: round(ours),
    stages: Object.fromEntries(stages.map((stage) => [stage, round(seconds('image-deid', stage))])),
    peakMiB: Math.round(median(results['image-deid'].map(({ peakMiB }) => peakMiB))),
    ratio: round(ours / baseline),
  };
}

function print({ stages, baselineSeconds, seconds, peakMiB, ratio }: Cost): void {
  const names = Object.keys(stages);
  for (const stage of names.filter((name) => !name.includes(': '))) {
    for (const name of [stage, ...names.filter((part) => part.startsWith(`${stage}: `))]) {
      const spent = stages[name] ?? NaN;
      const label = name === stage ? name : `  ${name.slice(stage.length + 2)}`;
      const bar = '█'.repeat(Math.round(spent / PER_CHARACTER));
      if (name === stage || spent >= PER_CHARACTER / 2) {
        console.log(`${label.padEnd(26)}${spent.toFixed(2).padStart(6)} ${bar}`.trimEnd());
      }
    }
  }
  console.log(`\nbaseline: ${baselineSeconds.toFixed(2)} s`);
  console.log(`image-deid: ${seconds.toFixed(2)} s, peak memory ${peakMiB} MiB`);
  console.log(`ratio to sharp decoding and re-encoding: ${ratio.toFixed(1)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'image-deid-bench-'));
const costs: Record<string, Cost> = {};
try {
  for (const [title, { width, height, isHeic }] of Object.entries(PHOTOS)) {
    if (wanted.length > 0 && !wanted.includes(title)) continue;
    const jpeg = join(folder, `${width}.jpg`);
    await makePhoto(jpeg, width, height);
    const photos = { baseline: jpeg, 'image-deid': isHeic ? join(folder, 'photo.heic') : jpeg };
    if (isHeic && !writeHeic(jpeg, photos['image-deid'])) {
      console.log('\nPython has no pillow-heif to make a HEIC with: left out');
      continue;
    }
    console.log(`\n${title} (${width} × ${height}), seconds of the processor:\n`);
    const cost = costOf(measure(photos));
    print(cost);
    costs[title] = cost;
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\nKept in ${keep(entryOf(costs, repeats))}`);
