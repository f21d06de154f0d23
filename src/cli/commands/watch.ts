import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { watchFolder } from '../../batch/index.js';
import { ImageDeidError } from '../../core/errors.js';
import { openPool } from '../batch-options.js';
import type { Command } from '../command.js';
import { leadBatch } from '../lead-batch.js';
import { addLocalBatchOptions, localBatchFrom } from '../local-batch.js';
import { FOLDER, path, readPositional } from '../option-fields.js';

/** `image-deid watch`: the main job for a folder that photos arrive in. */
export const watchCommand: Command = {
  usage: 'watch <folder>',
  build: (argv, help) => {
    const { folder, examples } = help.commands.watch;
    const withFolder = argv.positional('folder', { describe: folder, type: 'string', demandOption: true });
    return addLocalBatchOptions(withFolder, help).example('$0 watch inbox/ --out inbox-out/', examples.inbox);
  },
  run: async (argv) => {
    const { machine, ...batch } = await localBatchFrom(argv);
    const folder = resolve(readPositional(argv, 'folder', { schema: path, expected: FOLDER }));
    await assertFolder(folder);
    const root = Buffer.from(folder);
    return leadBatch({
      ...batch,
      // Stands for the photos that may come: the output must lie apart from them.
      entries: [{ path: Buffer.from(join(folder, 'photo')), root, named: false, display: '' }],
      arriving: (signal, onLook) => watchFolder(root, signal, onLook),
      openTreater: ({ staging }) => openPool(machine, staging),
    });
  },
};

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new ImageDeidError({ id: 'error/usage/watched-folder', values: {} }, 'usage');
}
