import * as z from 'zod/mini';
import { inner, plainly, says, text, type ToldTable } from './table.js';

/** The command line. */
export const CLI_ERRORS = {
  /** `said`: by the parser of the command line, in the language of the reader. */
  'error/usage/command-line': says(z.strictObject({ said: text }), ({ said }) => said),
  'error/usage/caption-file': plainly('The --caption file cannot be read'),
  'error/usage/caption-file-why': says(
    z.strictObject({ why: inner }),
    ({ why }, to) => `The --caption file cannot be read: ${to.say(why)}`,
  ),
  'error/usage/config-file': plainly('The --config file cannot be read as JSON'),
  'error/usage/watched-folder': plainly('Expected a folder to watch, but there is none of that name'),
} as const satisfies ToldTable;
