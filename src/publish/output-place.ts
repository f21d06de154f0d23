import { mkdir, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import { systemCode } from '../core/system-code.js';
import type { SourceEntry } from '../source/contract.js';
import { writing } from './output-errors.js';
import { beginState, settingsOfState } from './run-key.js';

/** The report that may be shared, and the private one of what a person must look at; relative to the output folder. */
export const REPORT = 'report.html';
export const REVIEW_REPORT = 'review/report.html';
/** The folder of the pictures of the report that may be shared. */
export const PICTURES = 'report-pictures';
/** One line for each photo, for spreadsheets. */
export const TABLE = 'summary.csv';

const STATE = '.state';
const PRIVATE_FOLDER = 0o700;

/** Where things lie in an output folder. */
export interface OutputPlace {
  readonly folder: string;
  /** Private; to be deleted before the output is shared. */
  readonly state: string;
  readonly staging: string;
  readonly thumbnails: string;
  readonly ledger: string;
  readonly names: string;
  /** What a person has rejected; private. */
  readonly rejected: string;
  /** What was published of photos that others took the place of; private. */
  readonly withdrawn: string;
}

/** The layout of an output folder. */
export function outputPlace(folder: string): OutputPlace {
  const state = join(folder, STATE);
  return {
    folder,
    state,
    staging: join(state, 'staging'),
    thumbnails: join(state, 'thumbnails'),
    ledger: join(folder, 'ledger.jsonl'),
    names: join(state, 'names.jsonl'),
    rejected: join(state, 'rejected'),
    withdrawn: join(state, 'withdrawn'),
  };
}

/** Where a small view of a photo lies. @param seq of the photo's first record */
export function thumbnail({ thumbnails }: OutputPlace, seq: number, kind: 'plain' | 'outlined'): string {
  return join(thumbnails, `${seq}-${kind}.jpg`);
}

/** The same as an address, from the private report. */
export function thumbnailFromReview(seq: number, kind: 'plain' | 'outlined'): string {
  return `../${STATE}/thumbnails/${seq}-${kind}.jpg`;
}

/**
 * Makes an output folder, or makes sure that an existing one belongs to the same run.
 * @param settings hash of what decides about every photo
 * @throws {ImageDeidError} output-inside-input, output-not-empty, usage, output-unwritable, disk-full
 */
export async function prepareOutputPlace(
  folder: string,
  entries: readonly SourceEntry[],
  settings: string,
): Promise<OutputPlace> {
  const real = await realPlace(resolve(folder));
  await assertApart(real, entries);
  const place = outputPlace(real);
  const existing = await readdir(real).catch(absentAsEmpty);
  if (existing.length > 0) await assertSameRun(place, settings);
  await writing(async () => {
    for (const path of [place.folder, join(real, 'cleared'), join(real, 'review')])
      await mkdir(path, { recursive: true });
    for (const path of [place.state, place.staging, place.thumbnails, place.withdrawn]) {
      await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
    }
    if (existing.length === 0) await beginState(place.state, settings);
  });
  return place;
}

/** The real path of a folder that may not exist yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPlace(parent), basename(path));
  }
}

/** @throws {ImageDeidError} output-inside-input: the next run would take its own output for photos */
async function assertApart(folder: string, all: readonly SourceEntry[]): Promise<void> {
  // Photos in an object storage never lie inside the folder.
  const entries = all.filter(({ path }) => isAbsolute(path.toString()));
  const roots = new Set(entries.filter(({ named }) => !named).map(({ root }) => root.toString()));
  for (const root of roots) {
    const input = await realPlace(root);
    if (isInside(folder, input)) throw inside('output');
  }
  for (const parent of new Set(entries.map(({ path }) => dirname(path.toString())))) {
    if (isInside(await realPlace(parent), folder)) throw inside('input');
  }
}

function inside(which: 'output' | 'input'): ImageDeidError {
  return new ImageDeidError({ id: `error/output-inside-input/${which}`, values: {} }, 'publish');
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function absentAsEmpty(error: unknown): string[] {
  const code = systemCode(error);
  if (code === 'ENOENT') return [];
  const id = code === 'ENOTDIR' ? 'error/output-unwritable/is-file' : 'error/output-unwritable/unreadable';
  throw new ImageDeidError({ id, values: {} }, 'publish', { cause: error });
}

async function assertSameRun({ state }: OutputPlace, settings: string): Promise<void> {
  const found = await settingsOfState(state);
  if (found === undefined)
    throw new ImageDeidError({ id: 'error/output-not-empty/no-run', values: {} }, 'publish');
  if (found === settings) return;
  throw new ImageDeidError({ id: 'error/usage/other-settings', values: {} }, 'publish');
}
