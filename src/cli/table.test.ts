import { expect, it } from 'vitest';
import { tableOf } from './table.js';

it('sets cells under each other, and cuts nothing off', () => {
  const long = 'x'.repeat(70);
  expect(
    tableOf(
      ['a', 'b', 'c'],
      [
        ['éé', '-', 'why'],
        [long, 'y', ''],
      ],
    ),
  ).toBe([`a${' '.repeat(59)}  b  c`, `éé${' '.repeat(58)}  -  why`, `${long}  y`, ''].join('\n'));
});
