import type { Fields } from '../../settings/field.js';
import { collectInputs, type Collected, type SourceEntry } from '../../source/index.js';
import { addLogOption, addOutputOptions, observerFrom, outputFrom } from '../batch-options.js';
import type { Command } from '../command.js';
import { languageOf } from '../language.js';
import { leadBatch } from '../lead-batch.js';
import { addFields, INPUTS, place, readFields, readPositional } from '../option-fields.js';
import { addSettingsOptions, settingsFrom } from '../options.js';
import { addQueueOptions, connectQueue } from '../queue-options.js';

const FIELDS = {
  exchange: place({ id: 'expected/prefix', values: {} }),
} as const satisfies Fields;

/** `image-deid enqueue`: the main job, with workers that may run on other machines. */
export const enqueueCommand: Command = {
  usage: 'enqueue <inputs..>',
  build: (argv, help) => {
    const { inputs, examples } = help.commands.enqueue;
    const withInputs = argv.positional('inputs', { describe: inputs, type: 'string', array: true });
    const withSettings = addSettingsOptions(addLogOption(addOutputOptions(withInputs, help), help), help);
    return addQueueOptions(addFields(withSettings, FIELDS, help.options.enqueue, help), help)
      .example('$0 enqueue /mnt/archive --out /mnt/deid --redis redis://queue:6379', examples.mounted)
      .example('$0 enqueue s3://archive/2024 --out deid/ --exchange s3://scratch/deid', examples.stored);
  },
  run: async (argv) => {
    const [options, observer] = [outputFrom(argv), observerFrom(argv)];
    const { exchange } = readFields(argv, FIELDS);
    const settings = await settingsFrom(argv);
    observer.looking?.();
    const { entries, versions, beside } = await collect(readPositional(argv, 'inputs', INPUTS));
    // Connects before the output folder is made: a queue that cannot be reached then leaves nothing behind.
    const connection = await connectQueue(argv);
    const { livingWorkers, QueueTreater } = await import('../../queue/index.js');
    try {
      return await leadBatch({
        options,
        observer,
        language: languageOf(argv),
        settings,
        entries,
        beside,
        openTreater: async ({ staging }) => {
          connection.watch((note) => {
            observer.note(note);
          });
          if ((await livingWorkers(connection.redis)).length === 0) observer.note('no-worker');
          return QueueTreater.open({
            connection,
            settings,
            staging,
            versions,
            onNoWorker: () => {
              observer.note('no-worker');
            },
            ...(exchange !== undefined && { exchange }),
          });
        },
      });
    } finally {
      connection.close();
    }
  },
};

const NOTHING: Collected = { entries: [], unlisted: 0, strayKeepFiles: 0, besidePhotos: 0 };

/** What the inputs name: files, and objects with their versions, by path in base64. */
async function collect(inputs: readonly string[]) {
  const remote = inputs.filter((input) => input.startsWith('s3://'));
  const local = inputs.filter((input) => !input.startsWith('s3://'));
  const entries = new Map<string, SourceEntry>();
  const versions = new Map<string, string>();
  let stored = 0;
  if (remote.length > 0) {
    const { openS3Photos } = await import('../../queue/storage/index.js');
    const photos = await openS3Photos();
    for (const address of remote) {
      const listed = await photos.list(address);
      stored += listed.besidePhotos;
      for (const { entry, version } of listed.photos) {
        const key = entry.path.toString('base64');
        if (!entries.has(key)) entries.set(key, entry);
        versions.set(key, version);
      }
    }
  }
  const found = local.length > 0 ? await collectInputs(local) : NOTHING;
  const beside = { ...found, besidePhotos: found.besidePhotos + stored };
  for (const entry of found.entries) entries.set(entry.path.toString('base64'), entry);
  return { entries: [...entries.values()].sort((a, b) => Buffer.compare(a.path, b.path)), versions, beside };
}
