import { previewEntry } from '../../batch/index.js';
import { composeInspector } from '../../compose.js';
import type { ProcessSettings } from '../../pipeline/index.js';
import { collectInputs, type Collected } from '../../source/index.js';
import type { Language } from '../../core/language.js';
import { TERMINAL_WORDS } from '../../words/index.js';
import { openPool } from '../batch-options.js';
import type { Command } from '../command.js';
import { describeInspection } from '../describe-inspection.js';
import { EXIT } from '../exit-codes.js';
import { leadBatch } from '../lead-batch.js';
import { addLocalBatchOptions, localBatchFrom } from '../local-batch.js';
import { addFields, flag, INPUTS, readFields, readPositional } from '../option-fields.js';

const FIELDS = { dryRun: flag() };

/** `image-deid run`: the main job. */
export const runCommand: Command = {
  usage: 'run <inputs..>',
  build: (argv, help) => {
    const { inputs, examples } = help.commands.run;
    const withInputs = argv.positional('inputs', { describe: inputs, type: 'string', array: true });
    const withOwn = addFields(withInputs, FIELDS, help.options.run, help);
    return addLocalBatchOptions(withOwn, help)
      .example('$0 run photos/ --out out/', examples.folder)
      .example('$0 run rash.jpg --out rash/ --keep 820,610,900,700', examples.keep)
      .example('$0 run photos/ --out attested/ --attest no-tattoo', examples.attest)
      .example('$0 run photos/ --out clinical/ --destination clinical', examples.clinical)
      .example('$0 run archive/ --out archive-out/ --retry-refused', examples.retry);
  },
  run: async (argv) => {
    const { machine, ...batch } = await localBatchFrom(argv);
    const { dryRun } = readFields(argv, FIELDS);
    batch.observer.looking?.();
    const collected = await collectInputs(readPositional(argv, 'inputs', INPUTS));
    if (dryRun) return preview(collected, batch.settings, batch.language);
    const { entries } = collected;
    return leadBatch({
      ...batch,
      entries,
      beside: collected,
      openTreater: ({ staging }) => openPool(machine, staging, entries.length),
    });
  },
};

async function preview(
  { entries, unlisted, besidePhotos }: Collected,
  settings: ProcessSettings,
  language: Language,
): Promise<number> {
  const words = TERMINAL_WORDS[language];
  const inspector = await composeInspector();
  let refused = 0;
  for (const entry of entries) {
    const result = await previewEntry(entry, settings, inspector);
    if ('error' in result) refused++;
    process.stdout.write(describeInspection(entry.display, result, language));
  }
  if (unlisted > 0) process.stderr.write(`${words.notes['folders-unlisted'](unlisted)}\n`);
  if (besidePhotos > 0) process.stderr.write(`${words.notes['files-beside-photos'](besidePhotos)}\n`);
  process.stdout.write(`${words.summary.dryRun(entries.length, refused)}\n`);
  return refused + unlisted > 0 ? EXIT.needsAttention : EXIT.allCleared;
}
