import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { watchFolder } from '../../batch/index.js';
import { ImageDeidError } from '../../core/errors.js';
import {
  addLogOption,
  addMachineOptions,
  addOutputOptions,
  machineFrom,
  observerFrom,
  openPool,
  outputFrom,
} from '../batch-options.js';
import type { Command } from '../command.js';
import { languageOf } from '../language.js';
import { leadBatch } from '../lead-batch.js';
import { path, readPositional } from '../option-fields.js';
import { addSettingsOptions, settingsFrom } from '../options.js';

/** `image-deid watch`: the main job for a folder that photos arrive in. */
export const watchCommand: Command = {
  usage: 'watch <folder>',
  description: 'De-identify photos as they arrive in a folder, until Ctrl-C',
  build: (argv) =>
    addSettingsOptions(
      addLogOption(
        addMachineOptions(
          addOutputOptions(
            argv.positional('folder', {
              describe:
                'The folder that photos arrive in. A photo is taken when nothing of it has changed for 3 seconds; files that belong to it (PHOTO.keep.json, PHOTO.txt) have to be there by then',
              type: 'string',
              demandOption: true,
            }),
          ),
        ),
      ),
    ).example('$0 watch inbox/ --out out/', 'What is there and what arrives; the same command goes on later'),
  run: async (argv) => {
    const [options, machine, observer] = [outputFrom(argv), machineFrom(argv), observerFrom(argv)];
    const settings = await settingsFrom(argv);
    const folder = resolve(readPositional(argv, 'folder', { schema: path, expected: 'a folder' }));
    await assertFolder(folder);
    const root = Buffer.from(folder);
    return leadBatch({
      options,
      observer,
      language: languageOf(argv),
      settings,
      // Stands for the photos that may come: the output must lie apart from them.
      entries: [{ path: Buffer.from(join(folder, 'photo')), root, named: false, display: '' }],
      arriving: (signal) =>
        watchFolder(root, signal, (folders) => {
          observer.note('folders-unlisted', folders);
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
