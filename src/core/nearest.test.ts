import { expect, it } from 'vitest';
import { nearest } from './nearest.js';

it.each([
  ['rnu', ['run', 'review'], 'run'],
  ['Run', ['run', 'review'], 'run'],
  ['inspct', ['run', 'inspect'], 'inspect'],
  ['veryfi', ['verify', 'review'], 'verify'],
  ['dest', ['out', 'destination'], 'destination'],
  ['proffesional', ['public', 'professional'], 'professional'],
  ['blru', ['blur', 'solid'], 'blur'],
  ['keep', ['keep-ruler', 'keep'], 'keep'],
])('takes "%s" among %j for "%s"', (word, choices, expected) => {
  expect(nearest(word, choices)).toBe(expected);
});

it.each(['', 'de', 'fast', 'moon', 'blur-it', 'constructor'])('does not guess what "%s" means', (word) => {
  expect(nearest(word, ['run', 'faces', 'en', 'fr', 'blur', 'public'])).toBeUndefined();
});
