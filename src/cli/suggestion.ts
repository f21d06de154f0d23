import type { Argv } from 'yargs';
import { nearest } from '../core/nearest.js';
import { optionName } from './option-fields.js';

declare module 'yargs' {
  interface Argv {
    /** The parser's own list; its types lack it. `key`: by the name of the option. */
    getOptions(): { readonly key: Readonly<Record<string, unknown>> };
  }
}

/** A word of a command line that there is not, and the one that was probably meant. */
export interface Suggestion {
  readonly wrong: string;
  readonly right: string;
}

/** The names of all options that a command has, without the dashes. */
export function optionsOf(argv: Argv): readonly string[] {
  return Object.keys(argv.getOptions().key);
}

/** What the first word may mean when it is no command. */
export function suggestCommand([word = '']: readonly string[], commands: readonly string[]) {
  const right = commands.includes(word) ? undefined : nearest(word, commands);
  return right === undefined ? undefined : ({ wrong: word, right } satisfies Suggestion);
}

/** What the first option that there is not may mean. @param options of `optionsOf` */
export function suggestOption(words: readonly string[], options: readonly string[]): Suggestion | undefined {
  const end = words.indexOf('--');
  for (const word of end < 0 ? words : words.slice(0, end)) {
    const [, no = '', name = ''] = /^--(no-)?([^=]+)/.exec(word) ?? [];
    if (name === '' || options.includes(name)) continue;
    const right = nearest(optionName(name), options);
    if (right !== undefined) return { wrong: `--${no}${name}`, right: `--${no}${right}` };
  }
  return undefined;
}
