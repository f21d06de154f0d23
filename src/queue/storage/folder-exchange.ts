import { constants } from 'node:fs';
import { access, copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ImageDeidError } from '../../core/errors.js';
import { systemCode } from '../../core/system-code.js';
import { writing } from '../../publish/index.js';
import type { Exchange } from './contract.js';

/** Stands before the folder's path, which is in base64 like all paths in jobs. */
export const FOLDER_SCHEME = 'folder:';
const MARKER = 'run-id';
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** Writes the file that shows a worker that it sees the folder of this run, not another one with the same path. */
export async function markExchange(state: string, run: string): Promise<void> {
  await writing(() => writeFile(join(state, MARKER), run, { mode: PRIVATE_FILE }));
}

/** The content of the marker in a state folder; undefined when there is no marker. */
export async function readMarker(state: string): Promise<string | undefined> {
  return readFile(join(state, MARKER), 'utf8').catch(() => undefined);
}

/** A folder beside the staging folder, on this machine or on a drive that several machines share. */
export class FolderExchange implements Exchange {
  private isMade = false;

  /** @param folder inside the state folder, which also holds the marker */
  constructor(
    private readonly folder: string,
    private readonly run: string,
  ) {}

  static at(address: string, run: string): FolderExchange {
    return new FolderExchange(Buffer.from(address.slice(FOLDER_SCHEME.length), 'base64').toString(), run);
  }

  get address(): string {
    return `${FOLDER_SCHEME}${Buffer.from(this.folder).toString('base64')}`;
  }

  async check(): Promise<void> {
    if ((await readMarker(dirname(this.folder))) !== this.run) throw notHere();
    await this.make();
    await writing(() => access(this.folder, constants.W_OK));
  }

  async deliver(folder: string, names: readonly string[]): Promise<void> {
    await this.check();
    await writing(async () => {
      for (const name of names) await move(join(folder, name), join(this.folder, name));
    });
  }

  async collect(names: readonly string[], folder: string): Promise<boolean> {
    return writing(async () => {
      for (const name of names) {
        try {
          await rename(join(this.folder, name), join(folder, name));
        } catch (error) {
          if (systemCode(error) === 'ENOENT') return false;
          throw error;
        }
      }
      return true;
    });
  }

  async remove(names: readonly string[]): Promise<void> {
    await writing(async () => {
      for (const name of names) await rm(join(this.folder, name), { force: true });
    });
  }

  async removeAll(): Promise<void> {
    await this.make();
    await this.remove(await readdir(this.folder));
  }

  private async make(): Promise<void> {
    if (!this.isMade) await writing(() => mkdir(this.folder, { recursive: true, mode: PRIVATE_FOLDER }));
    this.isMade = true;
  }
}

/** Between drives a file is copied; the copy is on the disk before the job says that it is there. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
    return;
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error;
  }
  await copyFile(from, to, constants.COPYFILE_EXCL);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(from);
}

function notHere(): ImageDeidError {
  return new ImageDeidError(
    'output-unwritable',
    'worker',
    'This machine does not see the output folder of a run in the queue; mount it at the same path, or give "enqueue" an --exchange',
  );
}
