import { lstat, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, unlessAbsent } from './durable-files.js';
import type { OutputPlace } from './output-place.js';

/**
 * Takes what was published of a photo out of what may be shared, once the record that replaces it is written; nothing is
 * deleted. Does nothing when that is done already.
 * @throws when it cannot be looked for or moved: it may still lie there
 */
export async function withdraw(place: OutputPlace, name: string): Promise<void> {
  for (const folder of ['cleared', 'review']) {
    const from = join(place.folder, folder, name);
    if (!(await unlessAbsent(lstat(from)))) continue;
    await rename(from, join(place.withdrawn, name));
    for (const changed of [place.withdrawn, join(place.folder, folder)]) await syncFolder(changed);
  }
}
