import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { MAIN } from '../../scripts/support/root.ts';

const LOOK_EVERY = 500;

export interface MeasuredRun {
  /** The exit code. */
  readonly code: number | null;
  /** From the first photo to the last: loading the models does not count. */
  readonly seconds: number;
  /** How many photos were treated in those seconds. */
  readonly photos: number;
  /** Milliseconds that each photo's treatment took. */
  readonly perPhoto: readonly number[];
  /** Memory of all processes together, in MiB, and after how many photos. */
  readonly memory: readonly { readonly photos: number; readonly MiB: number }[];
}

const EVENT = z.looseObject({ event: z.string(), milliseconds: z.number().optional() });

/**
 * Runs `image-deid run` and watches it from outside.
 * @param words the arguments after `run`
 * @param cores that it may use, as taskset numbers them; absent: all
 */
export async function measuredRun(words: readonly string[], cores?: string): Promise<MeasuredRun> {
  const all = [process.execPath, MAIN, 'run', ...words, '--log', 'json'];
  const [command = '', ...rest] = cores === undefined ? all : ['taskset', '--cpu-list', cores, ...all];
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  const perPhoto: number[] = [];
  const memory: { photos: number; MiB: number }[] = [];
  let [first, last] = [0, 0];
  const looking = setInterval(() => {
    memory.push({ photos: perPhoto.length, MiB: memoryOf(child.pid) });
  }, LOOK_EVERY);
  createInterface({ input: child.stderr }).on('line', (line) => {
    const { event, milliseconds } = EVENT.parse(JSON.parse(line));
    if (event !== 'photo') return;
    perPhoto.push(milliseconds ?? NaN);
    first ||= performance.now();
    last = performance.now();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(looking);
  return { code, seconds: (last - first) / 1000, photos: perPhoto.length - 1, perPhoto, memory };
}

/** Memory of a process and its children, in MiB; a page of memory that several of them share counts once. */
function memoryOf(pid: number | undefined): number {
  let sum = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
      if (Number(name) !== pid && parent !== pid) continue;
      const [, kilobytes] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8')) ?? [];
      sum += Number(kilobytes) / 1024;
    } catch {
      // The process has ended in the meantime.
    }
  }
  return sum;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** @param share 0–1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
