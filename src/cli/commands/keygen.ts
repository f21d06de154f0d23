import { writeKeyPair } from '../../publish/index.js';
import { displayName } from '../../source/index.js';
import type { Command } from '../command.js';
import { wordsOf } from '../language.js';
import { path, readPositional } from '../option-fields.js';
import { EXIT } from '../exit-codes.js';

/** `image-deid keygen`: makes the two keys that sign a run and check it. */
export const keygenCommand: Command = {
  usage: 'keygen <key>',
  description: 'Make a key that signs runs, and the public one that checks them (Ed25519)',
  build: (argv) =>
    argv
      .positional('key', {
        describe: 'File for the secret key; the other one becomes KEY.pub',
        type: 'string',
      })
      .example('$0 keygen clinic.key', 'Then: run … --sign clinic.key; verify … --public-key clinic.key.pub'),
  run: async (argv) => {
    const key = readPositional(argv, 'key', { schema: path, expected: 'a file' });
    const publicKey = await writeKeyPair(key);
    const print = (path: string, what: string) =>
      process.stdout.write(`${displayName(Buffer.from(path))}: ${what}\n`);
    const words = wordsOf(argv).keygen;
    print(key, words.secret);
    print(publicKey, words.public);
    return EXIT.allCleared;
  },
};
