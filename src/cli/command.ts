import type { Argv } from 'yargs';

/** One command: its words, its options, and work that resolves to the exit code. */
export interface Command {
  readonly usage: string;
  readonly description: string;
  readonly build: (argv: Argv) => Argv;
  /** @throws {ImageDeidError} what ends the whole run */
  readonly run: (argv: Record<string, unknown>) => Promise<number>;
}
