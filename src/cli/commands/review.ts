import { ReviewedOutput } from '../../publish/index.js';
import { startServer } from '../../review/server/serve.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { languageOf, wordsOf } from '../language.js';
import { listenForInterruption } from '../interruption.js';
import { openPrivately } from '../open-browser.js';

/** `image-deid review`: the local page. */
export const reviewCommand: Command = {
  usage: 'review [folder]',
  description: 'Open the local page: one photo at a time, or the photos of a run that a person must look at',
  build: (argv) =>
    argv
      .positional('folder', {
        type: 'string',
        describe: 'The --out of a finished run; without it, single photos',
      })
      .option('port', {
        type: 'number',
        default: 0,
        requiresArg: true,
        describe: 'Of the loopback address; 0: any that is free',
      })
      .option('open', {
        type: 'boolean',
        default: true,
        describe: 'Open the browser; --no-open only prints the address',
      })
      .example('$0 review', 'Drop a photo in, see what will be hidden, save what may be shared')
      .example('$0 review out/', 'Decide about the photos in out/review'),
  run: async (argv) => {
    const folder = argv['folder'];
    const words = wordsOf(argv).review;
    const output =
      typeof folder === 'string' ? await ReviewedOutput.open(folder, languageOf(argv)) : undefined;
    const server = await startServer(argv['port'] as number, output, (address) => {
      process.stdout.write(`${address}\n${words.again}\n`);
    });
    process.stdout.write(`${server.address}\n${words.opened}\n`);
    const forget = argv['open'] === true ? await openPrivately(server.address) : undefined;
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
