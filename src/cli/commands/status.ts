import type { Command } from '../command.js';
import { wordsOf } from '../words-of.js';
import { EXIT } from '../exit-codes.js';
import { addFields, flag, readFields } from '../option-fields.js';
import { addQueueOptions, connectQueue } from '../queue-options.js';

const FIELDS = { json: flag() };
const SCHEMA = 'image-deid/queue-status@1';

/** `image-deid status`: says what is in a queue. */
export const statusCommand: Command = {
  usage: 'status',
  build: (argv, help) =>
    addFields(addQueueOptions(argv, help), FIELDS, help.options.status, help).example(
      '$0 status --redis redis://queue:6379',
      help.commands.status.examples.plain,
    ),
  run: async (argv) => {
    const { json } = readFields(argv, FIELDS);
    const connection = await connectQueue(argv);
    try {
      const { readStatus } = await import('../../queue/index.js');
      const status = await readStatus(connection);
      const { waiting, active, done, failed, workers } = status;
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      const jobs = sum(workers.map(({ jobs }) => jobs));
      const text = wordsOf(argv).status(waiting, active, done, failed, workers.length, jobs);
      process.stdout.write(`${json ? JSON.stringify({ schema: SCHEMA, ...status }) : text}\n`);
      return EXIT.allCleared;
    } finally {
      connection.close();
    }
  },
};
