import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { ImageDeidError } from '../core/errors.js';
import { systemCode } from '../core/system-code.js';
import { isBesidePhotos } from './beside-photos.js';
import type { Collected, SourceEntry } from './contract.js';
import { captionPaths, isKeepPath, keepPath } from './sidecars.js';
import { displayName } from './display-name.js';

const SLASH = Buffer.from('/');

/**
 * Every file that the inputs name, each once, sorted by the bytes of its path. Folders are walked completely, including
 * hidden names; only the files beside photos are left out, unless they were named themselves: `PHOTO.keep.json`, its
 * caption, and what `isBesidePhotos` knows. A symlink in a folder or matched by a glob is an entry of its own and is
 * never walked into.
 * @param inputs files, folders or globs
 * @throws {ImageDeidError} usage, when an input does not exist or cannot be listed, or there is no photo at all
 */
export async function collectInputs(inputs: readonly string[]): Promise<Collected> {
  const all = await collected(async (add) => {
    for (const input of inputs) {
      if (await lstat(input).catch(() => undefined)) await addNamed(input, add);
      else await addMatches(input, add);
    }
  });
  if (all.entries.length > 0) return all;
  const { unlisted, besidePhotos } = all;
  throw new ImageDeidError({ id: 'error/usage/no-files', values: { unlisted, besidePhotos } }, 'usage');
}

/**
 * The same for one folder, which may be empty.
 * @param folder absolute
 * @throws {ImageDeidError} usage, when the folder itself cannot be listed
 */
export function collectFolder(folder: Buffer): Promise<Collected> {
  return collected((add) => walk(folder, folder, add));
}

async function collected(find: (add: Add) => Promise<void>): Promise<Collected> {
  const found = new Map<string, SourceEntry>();
  const keepFiles = new Set<string>();
  const beside = new Set<string>();
  const unlisted = new Set<string>();
  await find({
    file(path, root, named = false) {
      const key = path.toString('latin1');
      if (isKeepPath(path)) keepFiles.add(key);
      else if (!named && isBesidePhotos(path)) beside.add(key);
      else if (!found.has(key)) found.set(key, { path, root, named, display: displayOf(path) });
    },
    unlisted(folder) {
      unlisted.add(folder.toString('latin1'));
    },
  });
  for (const { path } of found.values()) {
    keepFiles.delete(keepPath(path).toString('latin1'));
    // A caption is checked, and what was named itself is tried: neither stays behind.
    for (const used of [path, ...captionPaths(path)]) beside.delete(used.toString('latin1'));
  }
  const entries = [...found.values()].sort((a, b) => Buffer.compare(a.path, b.path));
  return { entries, unlisted: unlisted.size, strayKeepFiles: keepFiles.size, besidePhotos: beside.size };
}

interface Add {
  file(path: Buffer, root: Buffer, named?: boolean): void;
  unlisted(folder: Buffer): void;
}

/** A link that was named itself is followed, wherever it leads; a dangling one is a file that cannot be read. */
async function addNamed(input: string, add: Add): Promise<void> {
  const full = resolve(input);
  const kind = await stat(full).catch(() => lstat(full));
  const real = await realpath(full).catch(() => full);
  if (kind.isDirectory()) await walk(Buffer.from(full), Buffer.from(full), add);
  else add.file(Buffer.from(full), Buffer.from(dirname(real)), true);
}

async function addMatches(pattern: string, add: Add): Promise<void> {
  const shown = displayName(Buffer.from(pattern));
  if (!isDynamicPattern(pattern)) {
    const id = pattern.startsWith('s3://') ? 'error/usage/stored-input' : 'error/usage/no-such-input';
    throw new ImageDeidError({ id, values: { input: shown } }, 'usage');
  }
  const matches = await glob(pattern, { dot: true, onlyFiles: false, followSymbolicLinks: false });
  if (matches.length === 0)
    throw new ImageDeidError({ id: 'error/usage/no-match', values: { input: shown } }, 'usage');
  const root = Buffer.from(resolve(fixedFolder(pattern)));
  for (const match of matches) {
    const path = Buffer.from(resolve(match));
    if ((await lstat(path).catch(() => undefined))?.isDirectory()) await walk(path, root, add);
    else add.file(path, root);
  }
}

/** The part of a glob before its first variable word: a folder. */
function fixedFolder(pattern: string): string {
  const words = pattern.split('/');
  const fixed = words.slice(
    0,
    words.findIndex((word) => isDynamicPattern(word)),
  );
  return fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/') || '.';
}

/** @throws {ImageDeidError} usage, when the root itself cannot be listed */
async function walk(folder: Buffer, root: Buffer, add: Add): Promise<void> {
  for (const entry of await list(folder, root, add)) {
    const path = Buffer.concat([folder, SLASH, entry.name]);
    if (entry.isDirectory()) await walk(path, root, add);
    else add.file(path, root);
  }
}

/** What lies in a folder; nothing when it has gone since it was seen. */
async function list(folder: Buffer, root: Buffer, add: Add): Promise<Dirent<Buffer>[]> {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (cause) {
    const isGone = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause));
    // When a drive is unplugged, all its folders are gone.
    const isRootThere = await stat(root).then(
      () => true,
      () => false,
    );
    if (folder.equals(root) || !isRootThere) {
      throw new ImageDeidError({ id: 'error/usage/unlisted-folder', values: {} }, 'usage', { cause });
    }
    if (!isGone) add.unlisted(folder);
    return [];
  }
}

function displayOf(path: Buffer): string {
  const text = path.toString('utf8');
  if (!Buffer.from(text).equals(path)) return displayName(path);
  const near = relative(process.cwd(), text);
  return displayName(Buffer.from(near.startsWith('..') || near === '' ? text : near));
}
