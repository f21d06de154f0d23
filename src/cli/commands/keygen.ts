import { writeKeyPair } from '../../publish/index.js';
import { displayName } from '../../source/index.js';
import type { Command } from '../command.js';
import { wordsOf } from '../words-of.js';
import { FILE, path, readPositional } from '../option-fields.js';
import { EXIT } from '../exit-codes.js';

/** `image-deid keygen`: makes the two keys that sign a run and check it. */
export const keygenCommand: Command = {
  usage: 'keygen <key>',
  build: (argv, help) => {
    const { key, examples } = help.commands.keygen;
    return argv
      .positional('key', { describe: key, type: 'string' })
      .example('$0 keygen clinic.key', examples.plain);
  },
  run: async (argv) => {
    const key = readPositional(argv, 'key', { schema: path, expected: FILE });
    const publicKey = await writeKeyPair(key);
    const print = (path: string, what: string) =>
      process.stdout.write(`${displayName(Buffer.from(path))}: ${what}\n`);
    const words = wordsOf(argv).keygen;
    print(key, words.secret);
    print(publicKey, words.public);
    return EXIT.allCleared;
  },
};
