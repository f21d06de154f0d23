import * as z from 'zod/mini';
import { cleanOutput, readPublicKey, verifyOutput, type OutputVerdict } from '../../publish/index.js';
import type { Fields } from '../../settings/field.js';
import { displayName } from '../../source/index.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { addFields, flag, path, place, readFields, readPositional } from '../option-fields.js';

const FIELDS = {
  publicKey: place('a file', 'The .pub file of "keygen": the run must be signed with its key'),
  expectRecords: {
    schema: z.exactOptional(z.int().check(z.nonnegative())),
    expected: 'a whole number from 0',
    doc: 'The number of records that an earlier "verify" told: fewer are an earlier state, put back',
    kind: 'number',
  },
  private: flag('The folder stays with you: what is private in it is no fault'),
  clean: flag(
    'Remove what may not be shared: .state/, the private report, what the ledger does not know, attributes of files. The run cannot go on afterwards',
  ),
} as const satisfies Fields;
const FOLDER = { schema: path, expected: 'a folder' };

/** `image-deid verify`: checks finished photos again, on any machine. */
export const verifyCommand: Command = {
  usage: 'verify <dir>',
  description:
    'Check finished photos again, and whether the folder may be shared: nothing but pixels in them, unchanged since the ledger, ledger unbroken, nothing else in the folder. Exit code 0, or 3 with every problem named',
  build: (argv) =>
    addFields(
      argv.positional('dir', { describe: 'The --out folder of a run', type: 'string', demandOption: true }),
      FIELDS,
    )
      .conflicts('private', 'clean')
      .example('$0 verify out/', 'Before the photos leave, or after they arrived')
      .example('$0 verify copy/ --clean', 'Make a copy fit to be shared'),
  run: async (argv) => {
    const { publicKey: keyFile, expectRecords, private: isPrivate, clean } = readFields(argv, FIELDS);
    const folder = readPositional(argv, 'dir', FOLDER);
    const publicKey = keyFile === undefined ? undefined : await readPublicKey(keyFile);
    const options = {
      ...(publicKey && { publicKey }),
      ...(expectRecords !== undefined && { expectRecords }),
    };
    const print = (line: string) => process.stdout.write(`${line}\n`);
    let verdict: OutputVerdict;
    if (clean) {
      const cleaned = await cleanOutput(folder, options);
      for (const file of cleaned.removed) print(`removed  ${shown(file)}`);
      for (const file of cleaned.writtenAnew) print(`written anew  ${shown(file)}`);
      if (!cleaned.isTrusted) print('Nothing was removed: the ledger or its summary does not hold.');
      verdict = cleaned.verdict;
    } else verdict = await verifyOutput(folder, options);
    for (const line of describe(verdict, publicKey !== undefined, isPrivate)) print(line);
    const isFine = verdict.problems.length === 0 && (isPrivate || verdict.privateParts.length === 0);
    return isFine ? EXIT.allCleared : EXIT.needsAttention;
  },
};

const shown = (file: string): string => displayName(Buffer.from(file));

function describe(verdict: OutputVerdict, isKeyed: boolean, isPrivate: boolean): string[] {
  const { photos, records, run, unsignedUpTo, isSigned, problems, told, privateParts } = verdict;
  const failed = problems.map(
    ({ file, problem, isUnproven }) => `${isUnproven ? 'UNPROVEN' : 'FAILED'}  ${shown(file)}: ${problem}`,
  );
  const private_ = isPrivate ? [] : privateParts.map((file) => `PRIVATE  ${shown(file)}: not to be shared`);
  const noted = told.map(({ file, problem }) => `note  ${shown(file)}: ${problem}`);
  const holds = problems.length === 0;
  const signature =
    isSigned && !isKeyed ? 'Signed; --public-key KEY.pub tells by whom.' : 'Signed with this key.';
  return [
    ...failed,
    ...private_,
    ...noted,
    `${photos} photos, ${records} records${run === undefined ? '' : `, run ${run}`}: ${holds ? 'all as the ledger says' : `${problems.length} problems`}`,
    ...(isSigned && (holds || !isKeyed) ? [signature] : []),
    ...(unsignedUpTo > 0
      ? [`Records up to ${unsignedUpTo} were taken over unsigned by whoever signed.`]
      : []),
    isPrivate ? 'Not asked whether it may be shared (--private).' : mayBeShared(verdict),
  ];
}

/** The last line: what to do before the folder goes out. */
function mayBeShared({ problems, privateParts, inReview, knowsAttributes }: OutputVerdict): string {
  const others = problems.filter(({ cure }) => !cure);
  if (others.length > 0) return 'It may not be shared: see what is named above.';
  const gone = [...privateParts, ...problems.filter(({ cure }) => cure === 'remove').map(({ file }) => file)];
  const anew = problems.filter(({ cure }) => cure === 'write-anew').map(({ file }) => file);
  const review = inReview > 0 ? ` Leave review/ out, unless its ${inReview} photos are meant to go too.` : '';
  if (gone.length + anew.length > 0) {
    const parts = [
      ...(gone.length > 0 ? [`these are gone: ${gone.map(shown).join(', ')}`] : []),
      ...(anew.length > 0 ? [`the attributes of these are: ${anew.map(shown).join(', ')}`] : []),
    ];
    return `It may be shared when ${parts.join(', and ')}. "verify --clean" does that.${review}`;
  }
  const attributes = knowsAttributes
    ? ''
    : ' Whether its files carry attributes could not be told on this machine; "verify --clean" leaves none.';
  return `It may be shared as it is.${review}${attributes}`;
}
