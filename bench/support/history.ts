import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../scripts/support/root.ts';

export const HISTORY = join(ROOT, 'bench/history');
export const CHART = join(HISTORY, 'README.md');
/** Characters in a commit's short name. */
const SHORT = 7;

/** What a photo of one size costs: medians, in seconds of the processor and MiB. */
const COST = z.strictObject({
  /** Time for sharp to decode and re-encode the same JPEG. */
  baselineSeconds: z.number().positive(),
  seconds: z.number().positive(),
  /** `seconds` by stage of the pipeline. */
  stages: z.record(z.string(), z.number().nonnegative()),
  peakMiB: z.number().positive(),
  /** `seconds` divided by `baselineSeconds`. */
  ratio: z.number().positive(),
});
export type Cost = z.infer<typeof COST>;

/** One run of `npm run bench`. */
const ENTRY = z.strictObject({
  schema: z.literal('image-deid/bench@1'),
  commit: z.string().regex(/^[0-9a-f]{7}$/),
  /** Whether any files differed from that commit. */
  isChanged: z.boolean(),
  date: z.iso.datetime(),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.number().int().positive(),
    memoryGiB: z.number().positive(),
    node: z.string(),
    /** Processes that wanted a core at the end, averaged over a minute. */
    load: z.number().nonnegative(),
  }),
  /** How many processes were measured per size of photo; the figures are their medians. */
  repeats: z.number().int().positive(),
  photos: z.record(z.string(), COST),
});
export type Entry = z.infer<typeof ENTRY>;

/** @throws {Error} when this is not a git checkout */
export function entryOf(photos: Readonly<Record<string, Cost>>, repeats: number): Entry {
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' });
  const date = new Date().toISOString();
  return ENTRY.parse({
    schema: 'image-deid/bench@1',
    commit: git('rev-parse', 'HEAD').slice(0, SHORT),
    isChanged: git('status', '--porcelain', '--untracked-files=no').trim() !== '',
    date,
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
      load: Number(loadavg()[0]?.toFixed(1)),
    },
    repeats,
    photos,
  });
}

/** The file of an entry: one per commit and day; a later entry replaces it. */
export function fileOf({ date, commit }: Entry): string {
  return join(HISTORY, `${date.slice(0, 'yyyy-mm-dd'.length)}-${commit}.json`);
}

/** All entries, oldest first. @throws {Error} when a file holds something else */
export function readHistory(folder = HISTORY): Entry[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ENTRY.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** Saves an entry and redraws the chart. */
export function keep(entry: Entry): string {
  const file = fileOf(entry);
  writeFileSync(file, `${JSON.stringify(entry, null, 2)}\n`);
  writeFileSync(CHART, chartOf(readHistory()));
  return file;
}

/** Characters of the longest bar. */
const WIDTH = 40;

/** The history as a document: per size of photo, a bar per run for its ratio, which depends least on the machine. */
export function chartOf(entries: readonly Entry[]): string {
  const sizes = [...new Set(entries.flatMap(({ photos }) => Object.keys(photos)))];
  const charts = sizes.flatMap((size) => {
    const rows = entries.flatMap((entry) => {
      const cost = entry.photos[size];
      return cost ? [{ ...entry, cost }] : [];
    });
    const most = Math.max(...rows.map(({ cost }) => cost.ratio));
    const lines = rows.map(({ date, commit, isChanged, machine, cost }) => {
      const bar = '█'.repeat(Math.max(1, Math.round((WIDTH * cost.ratio) / most)));
      const name = `${date.slice(0, 10)} ${commit}${isChanged ? '+' : ' '}`;
      const figures = `${cost.ratio.toFixed(1)} × (${cost.seconds.toFixed(2)} s, ${cost.peakMiB.toFixed(0)} MiB, load ${machine.load.toFixed(1)})`;
      return `${name} ${bar} ${figures}`;
    });
    return [`## ${size}`, '', '```', ...lines, '```', ''];
  });
  return [
    '# Benchmarks by commit',
    '',
    '`npm run bench` adds a file and draws this anew: seconds of the processor that a photo costs, as a multiple of what sharp needs to decode and re-encode it on the same machine at the same time; medians. A plus sign says that files differed from the commit; the load is how many processes wanted one of the cores, above about one, all figures are worse. What the figures mean: [PERFORMANCE.md](../../docs/PERFORMANCE.md).',
    '',
    ...charts,
  ].join('\n');
}
