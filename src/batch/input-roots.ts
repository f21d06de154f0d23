import { stat } from 'node:fs/promises';
import type { SourceEntry } from '../source/index.js';

/**
 * Remembers the input folders as they were first seen. If a drive is unplugged, all its photos would otherwise be
 * refused one by one; and an unmounted drive leaves an empty folder of the same name.
 */
export class InputRoots {
  private readonly seen = new Map<string, string | undefined>();

  /** Looks at the folder of an entry, once. */
  async remember({ root }: SourceEntry): Promise<void> {
    const key = root.toString('latin1');
    if (!this.seen.has(key)) this.seen.set(key, await identityOf(root));
  }

  /** Whether the folder of an entry is no longer the one that was seen. */
  async isGone({ root }: SourceEntry): Promise<boolean> {
    const before = this.seen.get(root.toString('latin1'));
    return before !== undefined && before !== (await identityOf(root));
  }
}

async function identityOf(folder: Buffer): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(folder);
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
