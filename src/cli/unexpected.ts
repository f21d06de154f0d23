import { fileURLToPath } from 'node:url';
import { EXIT } from './exit-codes.js';

/** The folder of this package's compiled code. */
const CODE = fileURLToPath(new URL('..', import.meta.url));
const PLACE = /^[a-z0-9/-]+\.js:\d+/;
const KINDS = /^[A-Za-z]{1,40}$/;

/**
 * What may be printed about an unexpected error: its kind, and the place in this package where it arose. Its message
 * and its stack may hold names of photos and what was read from them.
 */
export function describeUnexpected(error: unknown): string {
  const { name = 'Error', stack = '' } = error instanceof Error ? error : {};
  const place = stack
    .split('\n')
    .filter((line) => line.startsWith('    at ') && line.includes(CODE))
    .map((line) => PLACE.exec(line.slice(line.indexOf(CODE) + CODE.length))?.[0])
    .find((found) => found !== undefined);
  return [KINDS.test(name) ? name : 'Error', ...(place === undefined ? [] : [place])].join(', ');
}

/** An error that nothing has caught ends the program like any other error: with a sentence, never with a stack. @param sentence says so in the reader's language */
export function endOnUnexpected(sentence: (what: string) => string): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${sentence(describeUnexpected(error))}\n`);
    process.exit(EXIT.runFailed);
  });
}
