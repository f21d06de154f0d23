import { previewEntry } from '../../batch/preview-entry.js';
import { composeToolbox } from '../../compose.js';
import type { ProcessSettings } from '../../pipeline/settings.js';
import { collectInputs, type Collected } from '../../source/index.js';
import type { Language } from '../../core/language.js';
import { TERMINAL_WORDS } from '../../words/index.js';
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
import { describeInspection } from '../describe-inspection.js';
import { EXIT } from '../exit-codes.js';
import { leadBatch } from '../lead-batch.js';
import { languageOf } from '../language.js';
import { addFields, flag, INPUTS, readFields, readPositional } from '../option-fields.js';
import { addSettingsOptions, settingsFrom } from '../options.js';

const FIELDS = { dryRun: flag() };

/** `image-deid run`: the main job. */
export const runCommand: Command = {
  usage: 'run <inputs..>',
  build: (argv, help) => {
    const { inputs, examples } = help.commands.run;
    const withInputs = argv.positional('inputs', { describe: inputs, type: 'string', array: true });
    const withMachine = addLogOption(addMachineOptions(addOutputOptions(withInputs, help), help), help);
    return addSettingsOptions(addFields(withMachine, FIELDS, help.options.run, help), help)
      .example('$0 run photos/ --out out/', examples.folder)
      .example('$0 run rash.jpg --out out/ --keep 820,610,900,700', examples.keep)
      .example('$0 run photos/ --out out/ --attest no-tattoo', examples.attest)
      .example('$0 run photos/ --out out/ --destination clinical', examples.clinical)
      .example('$0 run archive/ --out out/ --retry-refused', examples.retry);
  },
  run: async (argv) => {
    const [options, machine, observer] = [outputFrom(argv), machineFrom(argv), observerFrom(argv)];
    const { dryRun } = readFields(argv, FIELDS);
    const settings = await settingsFrom(argv);
    const collected = await collectInputs(readPositional(argv, 'inputs', INPUTS));
    if (dryRun) return preview(collected, settings, languageOf(argv));
    const { entries } = collected;
    return leadBatch({
      options,
      observer,
      language: languageOf(argv),
      settings,
      entries,
      beside: collected,
      openTreater: ({ staging }) => openPool(machine, staging, entries.length),
    });
  },
};

async function preview(
  { entries, unlisted }: Collected,
  settings: ProcessSettings,
  language: Language,
): Promise<number> {
  const words = TERMINAL_WORDS[language];
  const toolbox = await composeToolbox();
  let refused = 0;
  for (const entry of entries) {
    const result = await previewEntry(entry, settings, toolbox);
    if ('error' in result) refused++;
    process.stdout.write(describeInspection(entry.display, result, language));
  }
  if (unlisted > 0) process.stderr.write(`${words.notes['folders-unlisted'](unlisted)}\n`);
  process.stdout.write(`${words.summary.dryRun(entries.length, refused)}\n`);
  return refused + unlisted > 0 ? EXIT.needsAttention : EXIT.allCleared;
}
