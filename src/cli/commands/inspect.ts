import { previewEntry } from '../../batch/index.js';
import { composeToolbox } from '../../compose.js';
import { collectInputs } from '../../source/index.js';
import { addSettingsOptions, settingsFrom } from '../options.js';
import { addFields, flag, INPUTS, readFields, readPositional } from '../option-fields.js';
import { EXIT } from '../exit-codes.js';
import type { Command } from '../command.js';
import { languageOf, wordsOf } from '../language.js';
import { describeInspection } from '../describe-inspection.js';

const FIELDS = { json: flag('One JSON line per file') };
const SCHEMA = 'image-deid/inspect@2';

/** `image-deid inspect`: says what a photo gives away; writes nothing to disk. */
export const inspectCommand: Command = {
  usage: 'inspect <files..>',
  description: 'Say what photos give away and what would be covered; writes nothing',
  build: (argv) =>
    addSettingsOptions(
      addFields(
        argv.positional('files', { describe: 'Files, folders or globs', type: 'string', array: true }),
        FIELDS,
      ),
    ),
  run: async (argv) => {
    const settings = await settingsFrom(argv);
    const { json } = readFields(argv, FIELDS);
    const { entries, unlisted } = await collectInputs(readPositional(argv, 'files', INPUTS));
    const toolbox = await composeToolbox();
    let exitCode: number = unlisted > 0 ? EXIT.needsAttention : EXIT.allCleared;
    if (unlisted > 0) process.stderr.write(`${wordsOf(argv).notes['folders-unlisted'](unlisted)}\n`);
    for (const entry of entries) {
      const result = await previewEntry(entry, settings, toolbox);
      if ('error' in result) exitCode = EXIT.needsAttention;
      process.stdout.write(
        json
          ? `${JSON.stringify({ schema: SCHEMA, file: entry.display, ...result })}\n`
          : describeInspection(entry.display, result, languageOf(argv)),
      );
    }
    return exitCode;
  },
};
