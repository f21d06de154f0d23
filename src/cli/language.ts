import { LANGUAGES, pickLanguage, type Language } from '../core/language.js';

/** The language of `--lang`, otherwise that of the environment; English when this tool does not speak it. */
export function languageOf(
  argv: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Language {
  const asked = LANGUAGES.find((language) => language === argv['lang']);
  // The first variable that is set decides, as in POSIX.
  const { LC_ALL = '', LC_MESSAGES = '', LANG = '' } = env;
  return asked ?? pickLanguage([LC_ALL || LC_MESSAGES || LANG]);
}

/** The same, for a command line that the parser may not have understood. */
export function languageIn(args: readonly string[]): Language {
  const lang = args.map((word, i) => (word === '--lang' ? args[i + 1] : /^--lang=(.*)$/.exec(word)?.[1]));
  return languageOf({ lang: lang.find((found) => found !== undefined) });
}
