import type { Argv } from 'yargs';
import { divide, thisMachine } from '../batch/machine.js';
import { PHOTOS_PER_PROCESS } from '../batch/photo-worker.js';
import { WorkerPool } from '../batch/worker-pool.js';
import { ImageDeidError } from '../core/errors.js';
import { wordsOf } from './language.js';
import { JsonLog } from './json-log.js';
import type { Observer } from './observer.js';
import { Progress } from './progress.js';

/** Half an hour would be a photo that hangs: one of 100 megapixels takes some minutes on a slow machine. */
const PHOTO_SECONDS = 600;

/** Where a run writes to and how it is watched: for every command that publishes photos. */
export function addOutputOptions(argv: Argv) {
  return argv
    .option('out', {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe: 'Output folder; must be new, or hold the same run, which then goes on where it stopped',
    })
    .option('sign', {
      type: 'string',
      requiresArg: true,
      describe: 'A key of "keygen": signs summary.json, and with it the ledger',
    })
    .option('adopt-unsigned', {
      type: 'boolean',
      implies: 'sign',
      describe:
        'Sign records too that no signature covers: of a run that was not signed or was killed, or of decisions in review; recorded',
    })
    .option('retry-refused', {
      type: 'boolean',
      describe: 'Treat again what an earlier run into the same folder refused',
    })
    .option('repair', {
      type: 'boolean',
      describe:
        'Go on in a folder whose ledger is broken: what does not hold is set aside in .state, and its photos are treated again',
    });
}

/** How a command tells what it does. */
export function addLogOption(argv: Argv) {
  return argv.option('log', {
    choices: ['text', 'json'] as const,
    default: 'text',
    requiresArg: true,
    describe: 'How progress is written to standard error: for people, or one JSON object per line',
  });
}

/** How much of this machine is used: for every command whose photos are treated here. */
export function addMachineOptions(argv: Argv) {
  return argv
    .option('jobs', {
      type: 'number',
      requiresArg: true,
      describe:
        'Photos treated at once, each in a process of its own [default: as many as cores and memory allow]',
    })
    .option('photo-seconds', {
      type: 'number',
      requiresArg: true,
      default: PHOTO_SECONDS,
      describe: 'A photo that takes longer is refused',
    })
    .option('photo-memory', {
      type: 'number',
      requiresArg: true,
      describe: 'A photo that takes more MiB of memory is refused [default: the share of one process]',
    });
}

/**
 * The processes that treat photos, as the options want them.
 * @param staging folder for finished files
 * @param entries how many photos there are, if that is known: no more processes than photos
 * @throws {ImageDeidError} usage
 */
export function openPool(argv: Record<string, unknown>, staging: string, entries = Infinity): WorkerPool {
  const asked = argv['jobs'] === undefined ? undefined : wholeNumber(argv['jobs'], '--jobs');
  const { jobs, threads, mostMiB } = divide(thisMachine(), asked, entries);
  const memory = argv['photo-memory'];
  return new WorkerPool(jobs, {
    staging,
    threads,
    mostMiB: memory === undefined ? mostMiB : wholeNumber(memory, '--photo-memory'),
    seconds: wholeNumber(argv['photo-seconds'], '--photo-seconds'),
    photos: PHOTOS_PER_PROCESS,
  });
}

/** Whoever watches, as `--log` wants it. */
export function observerFor(argv: Record<string, unknown>): Observer {
  const write = (text: string) => process.stderr.write(text);
  return argv['log'] === 'json' ? new JsonLog(write) : new Progress(process.stderr, wordsOf(argv));
}

function wholeNumber(value: unknown, option: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  throw new ImageDeidError(
    'usage',
    'usage',
    `Expected ${option} with a whole number from 1 but received ${String(value)}`,
  );
}
