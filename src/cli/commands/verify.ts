import * as z from 'zod/mini';
import { cleanOutput, readPublicKey, verifyOutput, type OutputVerdict } from '../../publish/index.js';
import type { Language } from '../../core/language.js';
import type { Fields } from '../../settings/field.js';
import { displayName } from '../../source/index.js';
import { speakerOf, TERMINAL_WORDS, type TerminalWords } from '../../words/index.js';
import type { Command } from '../command.js';
import { languageOf, wordsOf } from '../language.js';
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
      const { removed, writtenAnew, nothingRemoved } = wordsOf(argv).verify;
      for (const file of cleaned.removed) print(removed(shown(file)));
      for (const file of cleaned.writtenAnew) print(writtenAnew(shown(file)));
      if (!cleaned.isTrusted) print(nothingRemoved);
      verdict = cleaned.verdict;
    } else verdict = await verifyOutput(folder, options);
    for (const line of describe(verdict, publicKey !== undefined, isPrivate, languageOf(argv))) print(line);
    const isFine = verdict.problems.length === 0 && (isPrivate || verdict.privateParts.length === 0);
    return isFine ? EXIT.allCleared : EXIT.needsAttention;
  },
};

const shown = (file: string): string => displayName(Buffer.from(file));

function describe(
  verdict: OutputVerdict,
  isKeyed: boolean,
  isPrivate: boolean,
  language: Language,
): string[] {
  const { photos, records, run, unsignedUpTo, isSigned, problems, told, privateParts } = verdict;
  const words = TERMINAL_WORDS[language].verify;
  const to = speakerOf(language);
  const failed = problems.map(({ file, problem, isUnproven }) =>
    words[isUnproven ? 'unproven' : 'failed'](shown(file), to.say(problem)),
  );
  const holds = problems.length === 0;
  return [
    ...failed,
    ...(isPrivate ? [] : privateParts.map((file) => words.private(shown(file)))),
    ...told.map(({ file, problem }) => words.note(shown(file), to.say(problem))),
    words.counts(photos, records, run, problems.length),
    ...(isSigned && (holds || !isKeyed) ? [isKeyed ? words.signedWithKey : words.signed] : []),
    ...(unsignedUpTo > 0 ? [words.adopted(unsignedUpTo)] : []),
    isPrivate ? words.notAsked : mayBeShared(verdict, words),
  ];
}

/** The last line: what to do before the folder goes out. */
function mayBeShared(
  { problems, privateParts, inReview, knowsAttributes }: OutputVerdict,
  words: TerminalWords['verify'],
): string {
  if (problems.some(({ cure }) => !cure)) return words.mayNot;
  const gone = [...privateParts, ...problems.filter(({ cure }) => cure === 'remove').map(({ file }) => file)];
  const anew = problems.filter(({ cure }) => cure === 'write-anew').map(({ file }) => file);
  const review = inReview > 0 ? words.leaveReview(inReview) : '';
  if (gone.length + anew.length > 0) {
    const parts = [
      ...(gone.length > 0 ? [words.gone(gone.map(shown).join(', '))] : []),
      ...(anew.length > 0 ? [words.attributes(anew.map(shown).join(', '))] : []),
    ];
    return `${words.mayWhen(parts)}${review}`;
  }
  return `${words.may}${review}${knowsAttributes ? '' : words.attributesUnknown}`;
}
