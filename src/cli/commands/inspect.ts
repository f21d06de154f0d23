import { previewEntry } from '../../batch/index.js';
import { composeInspector } from '../../compose.js';
import { collectInputs } from '../../source/index.js';
import { addSettingsOptions, settingsFrom } from '../options.js';
import { addFields, flag, INPUTS, readFields, readPositional } from '../option-fields.js';
import { EXIT } from '../exit-codes.js';
import type { Command } from '../command.js';
import { languageOf } from '../language.js';
import { wordsOf } from '../words-of.js';
import { describeInspection } from '../describe-inspection.js';

const FIELDS = { json: flag() };
const SCHEMA = 'image-deid/inspect@2';

/** `image-deid inspect`: says what a photo gives away; writes nothing to disk. */
export const inspectCommand: Command = {
  usage: 'inspect <files..>',
  build: (argv, help) => {
    const { files } = help.commands.inspect;
    const withFiles = argv.positional('files', { describe: files, type: 'string', array: true });
    return addSettingsOptions(addFields(withFiles, FIELDS, help.options.inspect, help), help);
  },
  run: async (argv) => {
    const settings = await settingsFrom(argv);
    const { json } = readFields(argv, FIELDS);
    const { entries, unlisted, besidePhotos } = await collectInputs(readPositional(argv, 'files', INPUTS));
    const inspector = await composeInspector();
    let exitCode: number = unlisted > 0 ? EXIT.needsAttention : EXIT.allCleared;
    const { notes } = wordsOf(argv);
    if (unlisted > 0) process.stderr.write(`${notes['folders-unlisted'](unlisted)}\n`);
    if (besidePhotos > 0) process.stderr.write(`${notes['files-beside-photos'](besidePhotos)}\n`);
    for (const entry of entries) {
      const result = await previewEntry(entry, settings, inspector);
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
