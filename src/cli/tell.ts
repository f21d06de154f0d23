import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import type { Language } from '../core/language.js';
import { speakerOf, TERMINAL_WORDS } from '../words/index.js';
import { exitCodeOf } from './exit-codes.js';
import { isTold, JsonLog } from './json-log.js';
import { describeUnexpected } from './unexpected.js';
import { UsageError } from './usage-error.js';

/** Says why a command ended, to a person or in the log, and returns its exit code. */
export function tell(error: unknown, isJson: boolean, language: Language): number {
  const isUsage = error instanceof UsageError;
  const known = isUsage
    ? new ImageDeidError({ id: 'error/usage/command-line', values: { said: error.message } }, 'usage')
    : asImageDeidError(error, 'usage');
  if (isJson) {
    if (!isTold(error)) new JsonLog((text) => process.stderr.write(text)).fail(known);
  } else {
    const where = known.code === 'internal' ? ` (${describeUnexpected(known.cause)})` : '';
    const words = TERMINAL_WORDS[language];
    process.stderr.write(`${words.failed(`${speakerOf(language).say(known.finding)}${where}`)}\n`);
    if (isUsage) process.stderr.write(`${words.tryHelp}\n`);
  }
  return exitCodeOf(known);
}
