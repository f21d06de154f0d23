import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { watchFolder } from '../../batch/index.js';
import { ImageDeidError } from '../../core/errors.js';
import { openPool } from '../batch-options.js';
import type { Command } from '../command.js';
import { leadBatch } from '../lead-batch.js';
import { addLocalBatchOptions, localBatchFrom } from '../local-batch.js';
import { path, readPositional } from '../option-fields.js';

/** `image-deid watch`: the main job for a folder that photos arrive in. */
export const watchCommand: Command = {
  usage: 'watch <folder>',
  description: 'De-identify photos as they arrive in a folder, until Ctrl-C',
  build: (argv) =>
    addLocalBatchOptions(
      argv.positional('folder', {
        describe:
          'The folder that photos arrive in. A photo is taken when nothing of it has changed for 3 seconds; files that belong to it (PHOTO.keep.json, PHOTO.txt) have to be there by then',
        type: 'string',
        demandOption: true,
      }),
    ).example('$0 watch inbox/ --out out/', 'What is there and what arrives; the same command goes on later'),
  run: async (argv) => {
    const { machine, ...batch } = await localBatchFrom(argv);
    const folder = resolve(readPositional(argv, 'folder', { schema: path, expected: 'a folder' }));
    await assertFolder(folder);
    const root = Buffer.from(folder);
    return leadBatch({
      ...batch,
      // Stands for the photos that may come: the output must lie apart from them.
      entries: [{ path: Buffer.from(join(folder, 'photo')), root, named: false, display: '' }],
      arriving: (signal) =>
        watchFolder(root, signal, (folders) => {
          batch.observer.note('folders-unlisted', folders);
        }),
      openTreater: ({ staging }) => openPool(machine, staging),
    });
  },
};

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new ImageDeidError('usage', 'usage', 'Expected a folder to watch, but there is none of that name');
}
