import { previewEntry } from '../../batch/preview-entry.js';
import { composeToolbox } from '../../compose.js';
import { collectInputs } from '../../source/index.js';
import { addSettingsOptions, settingsFrom } from '../options.js';
import { EXIT } from '../exit-codes.js';
import type { Command } from '../command.js';
import { languageOf, wordsOf } from '../language.js';
import { describeInspection } from '../describe-inspection.js';

const SCHEMA = 'image-deid/inspect@2';

/** `image-deid inspect`: says what a photo gives away; writes nothing to disk. */
export const inspectCommand: Command = {
  usage: 'inspect <files..>',
  description: 'Say what photos give away and what would be covered; writes nothing',
  build: (argv) =>
    addSettingsOptions(
      argv
        .positional('files', { describe: 'Files, folders or globs', type: 'string', array: true })
        .option('json', { type: 'boolean', describe: 'One JSON line per file' }),
    ),
  run: async (argv) => {
    const settings = await settingsFrom(argv);
    const { entries, unlisted } = await collectInputs(argv['files'] as string[]);
    const toolbox = await composeToolbox();
    let exitCode: number = unlisted > 0 ? EXIT.needsAttention : EXIT.allCleared;
    if (unlisted > 0) process.stderr.write(`${wordsOf(argv).notes['folders-unlisted'](unlisted)}\n`);
    for (const entry of entries) {
      const result = await previewEntry(entry, settings, toolbox);
      if ('error' in result) exitCode = EXIT.needsAttention;
      process.stdout.write(
        argv['json'] === true
          ? `${JSON.stringify({ schema: SCHEMA, file: entry.display, ...result })}\n`
          : describeInspection(entry.display, result, languageOf(argv)),
      );
    }
    return exitCode;
  },
};
