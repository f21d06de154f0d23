import { expect, it } from 'vitest';
import { languageIn, languageOf } from './language.js';

it.each([
  [{ lang: 'fr' }, { LC_ALL: 'en_GB.UTF-8' }, 'fr'],
  [{ lang: 'en' }, { LANG: 'fr_FR.UTF-8' }, 'en'],
  [{}, { LANG: 'fr_CA.UTF-8' }, 'fr'],
  [{}, { LANG: 'fr_FR@euro' }, 'fr'],
  [{}, { LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }, 'en'],
  [{}, { LC_ALL: '', LC_MESSAGES: 'fr', LANG: 'de_DE' }, 'fr'],
  [{}, { LANG: 'de_DE.UTF-8' }, 'en'],
  [{}, {}, 'en'],
] as const)('%j in %j speaks %s', (argv, env, language) => {
  expect(languageOf(argv, env)).toBe(language);
});

it('finds the language among words that it does not understand', () => {
  expect(languageIn(['run', '--lang', 'fr', '--nonsense'])).toBe('fr');
  expect(languageIn(['--lang=fr'])).toBe('fr');
});
