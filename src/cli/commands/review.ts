import * as z from 'zod/mini';
import { ReviewedOutput } from '../../publish/index.js';
import { startServer } from '../../review/server/index.js';
import type { Fields } from '../../settings/field.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { languageOf } from '../language.js';
import { wordsOf } from '../words-of.js';
import { listenForInterruption } from '../interruption.js';
import { openPrivately } from '../open-browser.js';
import { addFields, FOLDER, GIVEN_ONCE, path, readFields, readPositional } from '../option-fields.js';

const MOST_PORT = 65_535;
const FIELDS = {
  port: {
    schema: z._default(z.int().check(z.nonnegative(), z.maximum(MOST_PORT)), 0),
    expected: { id: 'expected/whole', values: { least: 0, most: MOST_PORT } },
    kind: 'number',
  },
  open: {
    schema: z._default(z.boolean(), true),
    expected: GIVEN_ONCE,
    kind: 'flag',
  },
} as const satisfies Fields;
const RUN = { schema: z.optional(path), expected: FOLDER };

/** `image-deid review`: the local page. */
export const reviewCommand: Command = {
  usage: 'review [folder]',
  build: (argv, help) => {
    const { folder, examples } = help.commands.review;
    const withFolder = argv.positional('folder', { type: 'string', describe: folder });
    return addFields(withFolder, FIELDS, help.options.review, help)
      .example('$0 review', examples.single)
      .example('$0 review out/', examples.folder);
  },
  run: async (argv) => {
    const { port, open } = readFields(argv, FIELDS);
    const folder = readPositional(argv, 'folder', RUN);
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
