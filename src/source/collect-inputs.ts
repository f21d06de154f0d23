import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { ImageDeidError } from '../core/errors.js';
import type { SourceEntry } from './contract.js';
import { captionPaths, isKeepPath } from './sidecars.js';
import { displayName } from './display-name.js';

const SLASH = Buffer.from('/');

/**
 * Every file that the inputs name, each once, sorted by the bytes of its path. Folders are walked whole, hidden names
 * too; only the files beside a photo are left out: `PHOTO.keep.json`, and its caption. A symlink in a folder or matched by a glob is an entry of its own
 * and never walked into.
 * @param inputs files, folders or globs
 * @throws {ImageDeidError} usage, when an input does not exist, there is no file at all or a folder cannot be listed
 */
export async function collectInputs(inputs: readonly string[]): Promise<SourceEntry[]> {
  const entries = await collected(async (add) => {
    for (const input of inputs) {
      if (await lstat(input).catch(() => undefined)) await addNamed(input, add);
      else await addMatches(input, add);
    }
  });
  if (entries.length === 0) throw new ImageDeidError('usage', 'usage', 'There is no file in what was named');
  return entries;
}

/**
 * The same of one folder, which may be empty.
 * @param folder absolute
 * @throws {ImageDeidError} usage, when it cannot be listed
 */
export function collectFolder(folder: Buffer): Promise<SourceEntry[]> {
  return collected((add) => walk(folder, folder, add));
}

async function collected(find: (add: Add) => Promise<void>): Promise<SourceEntry[]> {
  const found = new Map<string, SourceEntry>();
  await find((path, root, named = false) => {
    const key = path.toString('latin1');
    if (!isKeepPath(path) && !found.has(key)) found.set(key, { path, root, named, display: displayOf(path) });
  });
  for (const { path } of [...found.values()]) {
    for (const caption of captionPaths(path)) {
      const beside = found.get(caption.toString('latin1'));
      if (beside && !beside.named) found.delete(caption.toString('latin1'));
    }
  }
  return [...found.values()].sort((a, b) => Buffer.compare(a.path, b.path));
}

type Add = (path: Buffer, root: Buffer, named?: boolean) => void;

/** A link that was named itself is followed, wherever it leads; a dangling one is a file that cannot be read. */
async function addNamed(input: string, add: Add): Promise<void> {
  const full = resolve(input);
  const kind = await stat(full).catch(() => lstat(full));
  const real = await realpath(full).catch(() => full);
  if (kind.isDirectory()) await walk(Buffer.from(full), Buffer.from(full), add);
  else add(Buffer.from(full), Buffer.from(dirname(real)), true);
}

async function addMatches(pattern: string, add: Add): Promise<void> {
  const shown = displayName(Buffer.from(pattern));
  if (!isDynamicPattern(pattern)) {
    const hint = pattern.startsWith('s3://') ? ': object storage is read by "image-deid enqueue" alone' : '';
    throw new ImageDeidError('usage', 'usage', `There is no file or folder ${shown}${hint}`);
  }
  const matches = await glob(pattern, { dot: true, onlyFiles: false, followSymbolicLinks: false });
  if (matches.length === 0) throw new ImageDeidError('usage', 'usage', `No file matches ${shown}`);
  const root = Buffer.from(resolve(fixedFolder(pattern)));
  for (const match of matches) {
    const path = Buffer.from(resolve(match));
    if ((await lstat(path)).isDirectory()) await walk(path, root, add);
    else add(path, root);
  }
}

/** The folder in front of the first word of a glob that is not fixed. */
function fixedFolder(pattern: string): string {
  const words = pattern.split('/');
  const fixed = words.slice(
    0,
    words.findIndex((word) => isDynamicPattern(word)),
  );
  return fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/') || '.';
}

async function walk(folder: Buffer, root: Buffer, add: Add): Promise<void> {
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (cause) {
    throw new ImageDeidError('usage', 'usage', `The folder ${displayOf(folder)} cannot be listed`, { cause });
  }
  for (const entry of entries) {
    const path = Buffer.concat([folder, SLASH, entry.name]);
    if (entry.isDirectory()) await walk(path, root, add);
    else add(path, root);
  }
}

function displayOf(path: Buffer): string {
  const text = path.toString('utf8');
  if (!Buffer.from(text).equals(path)) return displayName(path);
  const near = relative(process.cwd(), text);
  return displayName(Buffer.from(near.startsWith('..') || near === '' ? text : near));
}
