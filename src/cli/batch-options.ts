import type { Argv } from 'yargs';
import * as z from 'zod/mini';
import { divide, PHOTOS_PER_PROCESS, thisMachine, WorkerPool } from '../batch/index.js';
import { wordsOf } from './language.js';
import { oneOf, type Fields, type Values } from '../settings/field.js';
import { JsonLog } from './json-log.js';
import type { Observer } from './observer.js';
import { addFields, flag, path, place, readFields, wholeFrom1 } from './option-fields.js';
import { Progress } from './progress.js';

/** Ten minutes: a photo of 100 megapixels takes some minutes on a slow machine, a hanging one for ever. */
const PHOTO_SECONDS = 600;
/** Node ends a timer of more than some weeks at once. */
const MOST_SECONDS = 86_400;
const LOGS = ['text', 'json'] as const;

const OUTPUT_FIELDS = {
  out: {
    isPrivate: true,
    schema: path,
    expected: 'a folder',
    doc: 'Output folder; must be new, or hold the same run, which then goes on where it stopped',
  },
  sign: place('a file', 'A key of "keygen": signs summary.json, and with it the ledger'),
  adoptUnsigned: flag(
    'Sign records too that no signature covers: of a run that was not signed or was killed, or of decisions in review; recorded',
  ),
  retryRefused: flag('Treat again what an earlier run into the same folder refused'),
  repair: flag(
    'Go on in a folder whose ledger is broken: what does not hold is set aside in .state, and its photos are treated again',
  ),
} as const satisfies Fields;
/** The options for an output folder. */
export type OutputOptions = Values<typeof OUTPUT_FIELDS>;

const LOG_FIELDS = {
  log: {
    schema: z._default(z.enum(LOGS), 'text'),
    expected: oneOf(LOGS),
    choices: LOGS,
    doc: 'How progress is written to standard error: for people, or one JSON object per line',
  },
} as const satisfies Fields;

const MACHINE_FIELDS = {
  jobs: {
    schema: z.exactOptional(wholeFrom1),
    expected: 'a whole number from 1',
    doc: 'Photos treated at once, each in a process of its own [default: as many as cores and memory allow]',
    kind: 'number',
  },
  photoSeconds: {
    schema: z._default(wholeFrom1.check(z.maximum(MOST_SECONDS)), PHOTO_SECONDS),
    expected: `a whole number of seconds from 1 to ${MOST_SECONDS}`,
    doc: 'A photo that takes longer is refused',
    kind: 'number',
  },
  photoMemory: {
    schema: z.exactOptional(wholeFrom1),
    expected: 'a whole number of MiB from 1',
    doc: 'A photo that takes more MiB of memory is refused [default: the share of one process]',
    kind: 'number',
  },
} as const satisfies Fields;
/** How much of this machine is used. */
export type MachineOptions = Values<typeof MACHINE_FIELDS>;

/** Where a run writes to and how its progress is shown: for every command that publishes photos. */
export function addOutputOptions(argv: Argv): Argv {
  return addFields(argv, OUTPUT_FIELDS).implies('adopt-unsigned', 'sign');
}

/** @throws {ImageDeidError} usage */
export function outputFrom(argv: Record<string, unknown>): OutputOptions {
  return readFields(argv, OUTPUT_FIELDS);
}

/** How a command reports what it does. */
export function addLogOption(argv: Argv): Argv {
  return addFields(argv, LOG_FIELDS);
}

/** How much of this machine is used: for every command whose photos are treated here. */
export function addMachineOptions(argv: Argv): Argv {
  return addFields(argv, MACHINE_FIELDS);
}

/** @throws {ImageDeidError} usage */
export function machineFrom(argv: Record<string, unknown>): MachineOptions {
  return readFields(argv, MACHINE_FIELDS);
}

/**
 * The processes that treat photos.
 * @param staging folder for finished files
 * @param entries how many photos there are, if that is known: no more processes than photos
 */
export function openPool(machine: MachineOptions, staging: string, entries = Infinity): WorkerPool {
  const { jobs, threads, mostMiB } = divide(thisMachine(), machine.jobs, entries);
  return new WorkerPool(jobs, {
    staging,
    threads,
    mostMiB: machine.photoMemory ?? mostMiB,
    seconds: machine.photoSeconds,
    photos: PHOTOS_PER_PROCESS,
  });
}

/** The observer that `--log` asks for. @throws {ImageDeidError} usage */
export function observerFrom(argv: Record<string, unknown>): Observer {
  const write = (text: string) => process.stderr.write(text);
  return readFields(argv, LOG_FIELDS).log === 'json'
    ? new JsonLog(write)
    : new Progress(process.stderr, wordsOf(argv));
}
