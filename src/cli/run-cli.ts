import yargs from 'yargs';
import { LANGUAGES } from '../core/language.js';
import { VERSION } from '../core/version.js';
import type { Command } from './command.js';
import { EXIT } from './exit-codes.js';
import { UsageError } from './usage-error.js';

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
  keygen: async () => (await import('./commands/keygen.js')).keygenCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
} as const satisfies Readonly<Record<string, () => Promise<Command>>>;

/** The command that the first word names; all commands, for the help, when it names none. */
async function commandsFor(word = ''): Promise<readonly Command[]> {
  if (Object.hasOwn(COMMANDS, word)) return [await COMMANDS[word as keyof typeof COMMANDS]()];
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}

/**
 * Runs one command line.
 * @param args the words after the program's name
 * @returns the exit code; 0, 1, 2 and 3 as documented in README.md
 */
export async function runCli(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.allCleared;
  const cli = yargs()
    .scriptName('image-deid')
    .locale('en')
    .usage(
      '$0 <command>\n\nMakes photos of patients’ skin safe to share. Nothing leaves this machine, but by enqueue and worker: what they hand to your own servers.',
    )
    // Numbers stay text: a file may be called 007 or 1e3.
    .parserConfiguration({ 'parse-positional-numbers': false })
    .demandCommand(1, 'Expected a command')
    .option('lang', {
      choices: LANGUAGES,
      requiresArg: true,
      global: true,
      describe: 'Of what is printed and of the reports [default: that of the environment]',
    })
    .strict()
    .version(VERSION)
    .wrap(Math.min(100, process.stdout.columns || 100))
    .epilogue(
      'Exit codes: 0 all cleared, 1 the run itself failed, 2 wrong usage, 3 some photos need review or were refused.',
    )
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error && error.name !== 'YError') throw error;
      throw new UsageError(asSentence(error?.message ?? message ?? 'Wrong usage'));
    });
  for (const command of await commandsFor(args[0])) {
    cli.command(command.usage, command.description, command.build, async (argv) => {
      exitCode = await command.run(argv);
    });
  }
  try {
    await cli.parseAsync([...args]);
    return exitCode;
  } catch (error) {
    // Loaded when needed, like the commands: the catalogue of words takes longer to load than the parser.
    const [{ tell }, { languageIn }] = await Promise.all([import('./tell.js'), import('./language.js')]);
    return tell(error, isLogJson(args), languageIn(args));
  }
}

/** The parser's error message as one line. */
function asSentence(message: string): string {
  const [, option] = /^Not enough arguments following: (\S+)$/.exec(message) ?? [];
  if (option !== undefined) return `Expected --${option} with a value but received none`;
  return message.replace(/\s+/g, ' ').trim();
}

/** Found without the parser, because the command line may be wrong. */
function isLogJson(args: readonly string[]): boolean {
  return args.some((word, i) => word === '--log=json' || (word === '--log' && args[i + 1] === 'json'));
}
