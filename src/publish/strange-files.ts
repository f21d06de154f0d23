import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OUTCOMES } from './contract.js';
import { REPORT, REVIEW_REPORT } from './output-place.js';
import { SIGNATURE_FILE } from './signature.js';

/** Where photos lie. */
const PHOTO_FOLDERS: readonly string[] = OUTCOMES.filter((outcome) => outcome !== 'refused');
const KNOWN: ReadonlySet<string> = new Set(['ledger.jsonl', 'summary.json', SIGNATURE_FILE, REPORT]);
const STATE = '.state';
/** What file managers write on their own, and how large it gets: anything larger may be something else under that name. */
const BY_THE_SYSTEM = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/;
const MOST_BYTES_BY_THE_SYSTEM = 2 ** 20;

/** What lies in an output folder beside what the ledger knows; all paths relative to the folder. */
export interface StrangeFiles {
  /** Of the owner of the run: they name people, or show what nobody has looked at. */
  readonly private: readonly string[];
  /** Files of the file manager's own. */
  readonly bySystem: readonly string[];
  /** All else: files, folders, links. */
  readonly unknown: readonly string[];
  /** That cannot be listed. */
  readonly unreadable: readonly string[];
}

/**
 * Looks what lies in the folder, without following a link or opening anything.
 * @param photos that belong there, as "cleared/NAME"
 */
export async function strangeFiles(folder: string, photos: ReadonlySet<string>): Promise<StrangeFiles> {
  const found = {
    private: [] as string[],
    bySystem: [] as string[],
    unknown: [] as string[],
    unreadable: [] as string[],
  };
  const sort = async (path: string): Promise<void> => {
    const [, name = path] = path.split('/');
    if (path === STATE || path === REVIEW_REPORT) found.private.push(path);
    else if (BY_THE_SYSTEM.test(name) && (await isSmallFile(join(folder, path)))) found.bySystem.push(path);
    else if (!photos.has(path) && !KNOWN.has(path)) found.unknown.push(path);
  };
  for (const name of await readdir(folder)) {
    if (!PHOTO_FOLDERS.includes(name) || !(await lstat(join(folder, name))).isDirectory()) {
      await sort(name);
      continue;
    }
    const inside = await readdir(join(folder, name)).catch(() => undefined);
    if (!inside) found.unreadable.push(name);
    for (const file of inside ?? []) await sort(`${name}/${file}`);
  }
  return found;
}

async function isSmallFile(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() && found.size <= MOST_BYTES_BY_THE_SYSTEM;
}
