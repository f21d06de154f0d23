import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { OUTCOMES } from './contract.js';
import { PICTURES, REPORT, REVIEW_REPORT } from './output-place.js';
import { SIGNATURE_FILE } from './signature.js';

/** The folders that photos lie in. */
const PHOTO_FOLDERS: readonly string[] = OUTCOMES.filter((outcome) => outcome !== 'refused');
const KNOWN: ReadonlySet<string> = new Set(['ledger.jsonl', 'summary.json', SIGNATURE_FILE, REPORT]);
const STATE = '.state';
/** What file managers write on their own, and its largest size: anything larger may be something else of that name. */
const BY_THE_SYSTEM = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/;
const MOST_BYTES_BY_THE_SYSTEM = 2 ** 20;

/** Something that lies in an output folder. */
export interface StrangeFile {
  /** Relative to the folder, for people: a name need not be UTF-8. */
  readonly file: string;
  /** Its whole path, in bytes of the file system. */
  readonly path: Buffer;
}

/** What lies in an output folder besides what the ledger knows. */
export interface StrangeFiles {
  /** What belongs to the owner of the run: it names people, or shows what nobody has looked at. */
  readonly private: readonly StrangeFile[];
  /** Files that a file manager wrote. */
  readonly bySystem: readonly StrangeFile[];
  /** Everything else: files, folders, links. */
  readonly unknown: readonly StrangeFile[];
  /** Folders that cannot be listed; their paths, relative to the output folder. */
  readonly unreadable: readonly string[];
}

/**
 * Lists what else lies in the folder, without following a link or opening anything.
 * @param photos that belong there, as "cleared/NAME", and what the summary vouches for
 */
export async function strangeFiles(folder: string, photos: ReadonlySet<string>): Promise<StrangeFiles> {
  const found = {
    private: [] as StrangeFile[],
    bySystem: [] as StrangeFile[],
    unknown: [] as StrangeFile[],
    unreadable: [] as string[],
  };
  const sort = async (within: string, name: Buffer): Promise<void> => {
    const file = within + name.toString('utf8');
    const entry = { file, path: Buffer.concat([Buffer.from(join(folder, within, sep)), name]) };
    if (file === STATE || file === REVIEW_REPORT) found.private.push(entry);
    else if (BY_THE_SYSTEM.test(name.toString('utf8')) && (await isSmallFile(entry.path)))
      found.bySystem.push(entry);
    else if (!photos.has(file) && !KNOWN.has(file)) found.unknown.push(entry);
  };
  const hasPictures = [...photos].some((file) => file.startsWith(`${PICTURES}/`));
  for (const bytes of await readdir(folder, { encoding: 'buffer' })) {
    const name = bytes.toString('utf8');
    // Where no report vouches for pictures, all of them are one strange thing.
    const isPhotoFolder = name === PICTURES ? hasPictures : PHOTO_FOLDERS.includes(name);
    if (!isPhotoFolder || !(await lstat(join(folder, name))).isDirectory()) {
      await sort('', bytes);
      continue;
    }
    const inside = await readdir(join(folder, name), { encoding: 'buffer' }).catch(() => undefined);
    if (!inside) found.unreadable.push(name);
    for (const file of inside ?? []) await sort(`${name}/`, file);
  }
  return found;
}

async function isSmallFile(path: Buffer): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() && found.size <= MOST_BYTES_BY_THE_SYSTEM;
}
