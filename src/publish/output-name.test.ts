import { expect, it } from 'vitest';
import { FORMATS } from '../formats/index.js';
import { neutralName } from './index.js';
import { outputExtension, outputName, stagedName } from './output-name.js';

const stem = 'a'.repeat(16);

it('accepts every name that this tool writes', () => {
  for (const format of FORMATS) {
    const { extension } = format;
    expect([extension, outputExtension.safeParse(extension).success]).toEqual([
      extension,
      'encode' in format,
    ]);
    if ('encode' in format) expect(outputName.safeParse(neutralName(extension)).success).toBe(true);
  }
  for (const end of ['.png', '-plain.jpg', '-outlined.jpg']) {
    expect(stagedName.safeParse(`${stem}${end}`).success).toBe(true);
  }
});

it.each([
  `../${stem}.png`,
  `../../victim.txt`,
  `${stem}.png/../x`,
  `${stem}.png\n`,
  `${stem}.png\0`,
  `\n${stem}.png`,
  `${stem}.txt`,
  `${stem}.PNG`,
  `${stem.toUpperCase()}.png`,
  `${stem}a.png`,
  `${stem}`,
  `${stem}.heic`,
  `${stem}-other.jpg`,
  '',
  '.',
  7,
  null,
  ['a'],
])('takes no other: %j', (name) => {
  expect(outputName.safeParse(name).success).toBe(false);
  expect(stagedName.safeParse(name).success).toBe(false);
});

it('makes no name from something that is not an extension', () => {
  expect(() => neutralName('png/../../x')).toThrow();
});
