import type { Argv } from 'yargs';
import type { HelpWords } from '../words/help.js';

/** One command: how it is written, its options, and work that resolves to the exit code. */
export interface Command {
  readonly usage: string;
  /** @param help the words of its options, in the reader's language */
  readonly build: (argv: Argv, help: HelpWords) => Argv;
  /** @throws {ImageDeidError} what ends the whole run */
  readonly run: (argv: Record<string, unknown>) => Promise<number>;
}
