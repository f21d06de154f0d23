import { displayName } from '../../source/index.js';
import { readPublicKey, verifyOutput } from '../../publish/index.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

/** `image-deid verify`: checks finished photos again, on any machine. */
export const verifyCommand: Command = {
  usage: 'verify <dir>',
  description:
    'Check finished photos again: nothing but pixels in them, unchanged since the ledger, ledger unbroken',
  build: (argv) =>
    argv
      .positional('dir', { describe: 'The --out folder of a run', type: 'string', demandOption: true })
      .option('public-key', {
        type: 'string',
        requiresArg: true,
        describe: 'The .pub file of "keygen": the run must be signed with its key',
      })
      .example('$0 verify out/', 'Before the photos leave, or after they arrived'),
  run: async (argv) => {
    const path = argv['public-key'];
    const key = typeof path === 'string' ? await readPublicKey(path) : undefined;
    const { photos, records, isSigned, problems } = await verifyOutput(argv['dir'] as string, key);
    for (const { file, problem } of problems) {
      process.stdout.write(`FAILED  ${displayName(Buffer.from(file))}: ${problem}\n`);
    }
    const verdict = problems.length === 0 ? 'all as the ledger says' : `${problems.length} problems`;
    process.stdout.write(`${photos} photos, ${records} records: ${verdict}\n`);
    if (key && problems.length === 0) process.stdout.write('Signed with this key.\n');
    else if (isSigned && !key) process.stdout.write('Signed; --public-key KEY.pub tells by whom.\n');
    return problems.length === 0 ? EXIT.allCleared : EXIT.needsAttention;
  },
};
