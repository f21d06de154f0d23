import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '../../core/system-code.js';
import { writing } from '../../publish/index.js';

const PREFIX = 'image-deid-worker-';
const PRIVATE_FOLDER = 0o700;

/** The private folder of a worker under the system's temporary folder (TMPDIR). */
export class Scratch {
  private constructor(private readonly folder: string) {}

  /**
   * Makes one, and removes those of killed workers of this machine: photos may be left in them.
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  static async open(): Promise<Scratch> {
    return writing(async () => {
      await removeOfTheDead();
      const scratch = new Scratch(await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`)));
      await mkdir(scratch.staging, { mode: PRIVATE_FOLDER });
      return scratch;
    });
  }

  /** The folder for finished files. */
  get staging(): string {
    return join(this.folder, 'staging');
  }

  /** A folder for one photo while `work` is at it. @throws {ImageDeidError} disk-full, output-unwritable */
  async withInbox<T>(work: (inbox: string) => Promise<T>): Promise<T> {
    const inbox = await writing(() => mkdtemp(join(this.folder, 'in-')));
    try {
      return await work(inbox);
    } finally {
      await rm(inbox, { recursive: true, force: true });
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function removeOfTheDead(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : NaN;
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    // A folder of another user cannot be removed here: their next worker removes it.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A folder with our own process number is left from before a restart: in a container, these numbers start again. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
