import * as z from 'zod/mini';
import { cleanOutput, readPublicKey, verifyOutput, type OutputVerdict } from '../../publish/index.js';
import type { Language } from '../../core/language.js';
import type { Fields } from '../../settings/field.js';
import { displayName } from '../../source/index.js';
import { speakerOf, TERMINAL_WORDS, type TerminalWords } from '../../words/index.js';
import type { Command } from '../command.js';
import { languageOf } from '../language.js';
import { wordsOf } from '../words-of.js';
import { EXIT } from '../exit-codes.js';
import { addFields, FILE, flag, FOLDER, path, place, readFields, readPositional } from '../option-fields.js';

const FIELDS = {
  publicKey: place(FILE),
  expectRecords: {
    schema: z.exactOptional(z.int().check(z.nonnegative())),
    expected: { id: 'expected/whole', values: { least: 0 } },
    kind: 'number',
  },
  private: flag(),
  clean: flag(),
} as const satisfies Fields;
const RUN = { schema: path, expected: FOLDER };

/** `image-deid verify`: checks finished photos again, on any machine. */
export const verifyCommand: Command = {
  usage: 'verify <dir>',
  build: (argv, help) => {
    const { dir, examples } = help.commands.verify;
    const withFolder = argv.positional('dir', { describe: dir, type: 'string', demandOption: true });
    return addFields(withFolder, FIELDS, help.options.verify, help)
      .conflicts('private', 'clean')
      .example('$0 verify out/', examples.plain)
      .example('$0 verify copy/ --clean', examples.clean);
  },
  run: async (argv) => {
    const { publicKey: keyFile, expectRecords, private: isPrivate, clean } = readFields(argv, FIELDS);
    const folder = readPositional(argv, 'dir', RUN);
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
