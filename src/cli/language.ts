import { LANGUAGES, pickLanguage, type Language } from '../core/language.js';
import { TERMINAL_WORDS, type TerminalWords } from '../words/index.js';

/** The language of `--lang`, otherwise of the environment; English for any that this tool does not speak. */
export function languageOf(
  argv: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Language {
  const asked = LANGUAGES.find((language) => language === argv['lang']);
  // The first that is set decides, as POSIX has it.
  const { LC_ALL = '', LC_MESSAGES = '', LANG = '' } = env;
  return asked ?? pickLanguage([LC_ALL || LC_MESSAGES || LANG]);
}

/** The same, of words that may not have been understood. */
export function languageIn(args: readonly string[]): Language {
  const lang = args.map((word, i) => (word === '--lang' ? args[i + 1] : /^--lang=(.*)$/.exec(word)?.[1]));
  return languageOf({ lang: lang.find((found) => found !== undefined) });
}

/** What commands print, in that language. */
export function wordsOf(argv: Readonly<Record<string, unknown>>): TerminalWords {
  return TERMINAL_WORDS[languageOf(argv)];
}
