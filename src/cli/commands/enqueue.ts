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
  exchange: place(
    's3://BUCKET/PREFIX',
    's3://BUCKET/PREFIX through which workers hand over finished photos [default: the --out folder, which they must see at the same path]',
  ),
} as const satisfies Fields;

/** `image-deid enqueue`: the main job, with workers that may run on other machines. */
export const enqueueCommand: Command = {
  usage: 'enqueue <inputs..>',
  description: 'Like run, with "worker" processes on any number of machines treating the photos',
  build: (argv) =>
    addQueueOptions(
      addFields(
        addSettingsOptions(
          addLogOption(
            addOutputOptions(
              argv.positional('inputs', {
                describe: 'Files, folders or globs, or s3://BUCKET/PREFIX',
                type: 'string',
                array: true,
              }),
            ),
          ),
        ),
        FIELDS,
      ),
    )
      .example(
        '$0 enqueue /mnt/archive --out /mnt/deid --redis redis://queue:6379',
        'Workers see both folders at these paths',
      )
      .example(
        '$0 enqueue s3://archive/2024 --out deid/ --exchange s3://scratch/deid',
        'Workers see object storage only; AWS_ENDPOINT_URL_S3, AWS_REGION and credentials from the environment',
      ),
  run: async (argv) => {
    const [options, observer] = [outputFrom(argv), observerFrom(argv)];
    const { exchange } = readFields(argv, FIELDS);
    const settings = await settingsFrom(argv);
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

const NOTHING: Collected = { entries: [], unlisted: 0, strayKeepFiles: 0 };

/** What the inputs name: files, and objects with their versions, by path in base64. */
async function collect(inputs: readonly string[]) {
  const remote = inputs.filter((input) => input.startsWith('s3://'));
  const local = inputs.filter((input) => !input.startsWith('s3://'));
  const entries = new Map<string, SourceEntry>();
  const versions = new Map<string, string>();
  if (remote.length > 0) {
    const { openS3Photos } = await import('../../queue/storage/index.js');
    const photos = await openS3Photos();
    for (const address of remote) {
      for (const { entry, version } of await photos.list(address)) {
        const key = entry.path.toString('base64');
        if (!entries.has(key)) entries.set(key, entry);
        versions.set(key, version);
      }
    }
  }
  const beside = local.length > 0 ? await collectInputs(local) : NOTHING;
  for (const entry of beside.entries) entries.set(entry.path.toString('base64'), entry);
  return { entries: [...entries.values()].sort((a, b) => Buffer.compare(a.path, b.path)), versions, beside };
}
