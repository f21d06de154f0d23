import * as z from 'zod/mini';
import { ReviewedOutput } from '../../publish/index.js';
import { startServer } from '../../review/server/index.js';
import type { Fields } from '../../settings/field.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { languageOf, wordsOf } from '../language.js';
import { listenForInterruption } from '../interruption.js';
import { openPrivately } from '../open-browser.js';
import { addFields, path, readFields, readPositional } from '../option-fields.js';

const MOST_PORT = 65_535;
const FIELDS = {
  port: {
    schema: z._default(z.int().check(z.nonnegative(), z.maximum(MOST_PORT)), 0),
    expected: `a whole number from 0 to ${MOST_PORT}`,
    doc: 'Of the loopback address; 0: any that is free',
    kind: 'number',
  },
  open: {
    schema: z._default(z.boolean(), true),
    expected: 'given once',
    doc: 'Open the browser; --no-open only prints the address',
    kind: 'flag',
  },
} as const satisfies Fields;
const FOLDER = { schema: z.optional(path), expected: 'a folder' };

/** `image-deid review`: the local page. */
export const reviewCommand: Command = {
  usage: 'review [folder]',
  description: 'Open the local page: one photo at a time, or the photos of a run that a person must look at',
  build: (argv) =>
    addFields(
      argv.positional('folder', {
        type: 'string',
        describe: 'The --out of a finished run; without it, single photos',
      }),
      FIELDS,
    )
      .example('$0 review', 'Drop a photo in, see what will be hidden, save what may be shared')
      .example('$0 review out/', 'Decide about the photos in out/review'),
  run: async (argv) => {
    const { port, open } = readFields(argv, FIELDS);
    const folder = readPositional(argv, 'folder', FOLDER);
    const words = wordsOf(argv).review;
    const output = folder === undefined ? undefined : await ReviewedOutput.open(folder, languageOf(argv));
    const server = await startServer(port, output, (address) => {
      process.stdout.write(`${address}\n${words.again}\n`);
    });
    process.stdout.write(`${server.address}\n${words.opened}\n`);
    const forget = open ? await openPrivately(server.address) : undefined;
    const interruption = listenForInterruption(() => undefined);
    await new Promise<void>((resolve) => {
      interruption.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    interruption.end();
    await forget?.();
    await server.close();
    return EXIT.allCleared;
  },
};
