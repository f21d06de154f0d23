import { TERMINAL_WORDS, type TerminalWords } from '../words/index.js';
import { languageOf } from './language.js';

/** What commands print, in the language of the options. */
export function wordsOf(argv: Readonly<Record<string, unknown>>): TerminalWords {
  return TERMINAL_WORDS[languageOf(argv)];
}
