import { expect, it } from 'vitest';
import { en } from './en.js';
import { fr } from './fr.js';

/** Every string by its path; a function by what it makes of numbers and words. */
function flatten(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]): [string, string][] => {
    const at = `${path}/${key}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function')
      return [[at, String((value as (...args: unknown[]) => unknown)(1, 2, 3))]];
    return flatten(value as object, at);
  });
}

const [english, french] = [flatten(en), flatten(fr)];

it('has the same keys in each language', () => {
  expect(french.map(([path]) => path)).toEqual(english.map(([path]) => path));
});

it('has no empty string', () => {
  for (const [path, words] of [...english, ...french]) expect(words.trim(), path).not.toBe('');
});

it('is translated: hardly a string is the same in both', () => {
  const same = english.filter(([path, words]) =>
    french.some(([other, its]) => other === path && its === words),
  );
  expect(same.map(([path]) => path).sort()).toEqual([
    '/frames/name',
    '/frames/numbers',
    '/kinds/code',
    '/metadata/taken',
    '/photo/compareOriginal',
    '/photo/heading',
    '/product',
    '/queue/list',
    '/queue/name',
    '/regions/label',
    '/regions/name',
    '/regions/where/both',
    '/save/size',
  ]);
});
