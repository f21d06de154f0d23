import yargs, { type Argv } from 'yargs';
import * as z from 'zod/mini';
import { LANGUAGES } from '../core/language.js';
import { VERSION } from '../core/version.js';
import type { Command } from './command.js';
import { EXIT } from './exit-codes.js';
import { languageIn } from './language.js';
import { optionOf, readFields } from './option-fields.js';
import { oneOf, type Fields } from '../settings/field.js';
import { HELP_WORDS } from '../words/help.js';
import { optionsOf, suggestCommand, suggestOption } from './suggestion.js';
import { UsageError } from './usage-error.js';

/** Nobody reads more of what the parser says. */
const MOST_SAID = 1000;

/** Each is loaded when it is needed: the page's and the queue's libraries take longer to load than a photo's models. */
const COMMANDS = {
  run: async () => (await import('./commands/run.js')).runCommand,
  watch: async () => (await import('./commands/watch.js')).watchCommand,
  review: async () => (await import('./commands/review.js')).reviewCommand,
  enqueue: async () => (await import('./commands/enqueue.js')).enqueueCommand,
  worker: async () => (await import('./commands/worker.js')).workerCommand,
  status: async () => (await import('./commands/status.js')).statusCommand,
  inspect: async () => (await import('./commands/inspect.js')).inspectCommand,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  names: async () => (await import('./commands/names.js')).namesCommand,
  keygen: async () => (await import('./commands/keygen.js')).keygenCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
} as const satisfies Readonly<Record<string, () => Promise<Command>>>;

type CommandName = keyof typeof COMMANDS;

const LANGUAGE = {
  lang: { schema: z.exactOptional(z.enum(LANGUAGES)), expected: oneOf(LANGUAGES), choices: LANGUAGES },
} as const satisfies Fields;

/** The command that the first word names; all commands, for the help, when it names none. */
async function commandsFor(word = ''): Promise<readonly (readonly [CommandName, Command])[]> {
  const names = Object.keys(COMMANDS).filter(isCommand);
  const asked = isCommand(word) ? [word] : names;
  return Promise.all(asked.map(async (name) => [name, await COMMANDS[name]()] as const));
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

/**
 * Runs one command line.
 * @param args the words after the program's name
 * @returns the exit code; 0, 1, 2 and 3 as documented in README.md
 */
export async function runCli(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.allCleared;
  let options: readonly string[] = [];
  const language = languageIn(args);
  const help = HELP_WORDS[language];
  const cli = yargs()
    .scriptName('image-deid')
    .locale(language)
    .updateStrings(help.parser)
    .usage(help.usage)
    // Numbers stay text: a file may be called 007 or 1e3.
    // An unknown option is named once, as it was written.
    .parserConfiguration({ 'parse-positional-numbers': false, 'camel-case-expansion': false })
    .demandCommand(1, help.noCommand)
    .option('lang', { ...optionOf(LANGUAGE.lang, help.options.language.lang, help.hints), global: true })
    .strict()
    .version(VERSION)
    .wrap(Math.min(100, process.stdout.columns || 100))
    .epilogue(help.exitCodes)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error && error.name !== 'YError') throw error;
      const said = asSentence(error?.message ?? message ?? help.wrongUsage);
      const meant = suggestCommand(args, Object.keys(COMMANDS)) ?? suggestOption(args, options);
      throw new UsageError(meant ? `${said}. ${help.meant(meant.right, asSentence(meant.wrong))}` : said);
    });
  for (const [name, command] of await commandsFor(args[0])) {
    const build = (argv: Argv) => {
      const built = command.build(argv, help);
      options = optionsOf(built);
      return built;
    };
    cli.command(command.usage, help.commands[name].about, build, async (argv) => {
      readFields(argv, LANGUAGE);
      exitCode = await command.run(argv);
    });
  }
  try {
    await cli.parseAsync([...args]);
    return exitCode;
  } catch (error) {
    // Loaded when needed, like the commands: the catalogue of words takes longer to load than the parser.
    const { tell } = await import('./tell.js');
    return tell(error, isLogJson(args), language);
  }
}

/** The parser's error message as one line. */
function asSentence(message: string): string {
  return message
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
    .trim()
    .slice(0, MOST_SAID);
}

/** Found without the parser, because the command line may be wrong. */
function isLogJson(args: readonly string[]): boolean {
  return args.some((word, i) => word === '--log=json' || (word === '--log' && args[i + 1] === 'json'));
}
