import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const LOOK_EVERY = 500;

/**
 * Runs `image-deid run` and watches it from outside.
 * @param words the arguments behind `run`
 * @param cores which it may use, as taskset numbers them; absent: all
 * @returns { code, seconds, perPhoto, memory }: milliseconds of treatment per photo, and how much memory all its
 *   processes had together, in MiB, at which photo. Seconds count from the first photo to the last: what loading the
 *   models takes is not the batch's.
 */
export async function measuredRun(words, cores) {
  const all = [process.execPath, MAIN, 'run', ...words, '--log', 'json'];
  const [command, ...rest] = cores === undefined ? all : ['taskset', '--cpu-list', cores, ...all];
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  const perPhoto = [];
  const memory = [];
  let [first, last] = [0, 0];
  const looking = setInterval(() => {
    memory.push({ photos: perPhoto.length, MiB: memoryOf(child.pid) });
  }, LOOK_EVERY);
  createInterface({ input: child.stderr }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.event !== 'photo') return;
    perPhoto.push(event.milliseconds);
    first ||= performance.now();
    last = performance.now();
  });
  const [code] = await once(child, 'close');
  clearInterval(looking);
  return { code, seconds: (last - first) / 1000, photos: perPhoto.length - 1, perPhoto, memory };
}

/** Memory of a process and its children, in MiB; a page that several of them share counts once. */
function memoryOf(pid) {
  let sum = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]);
      if (Number(name) !== pid && parent !== pid) continue;
      const [, kilobytes] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8'));
      sum += Number(kilobytes) / 1024;
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

export const median = (values) => quantile(values, 0.5);

/** @param share 0–1 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
