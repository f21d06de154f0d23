import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { systemCode } from './system-code.js';

it('systemCode reads what the system says, and nothing where it says nothing', async () => {
  const error: unknown = await readFile('/there/is/no/such/file').catch((thrown: unknown) => thrown);
  expect(systemCode(error)).toBe('ENOENT');
  for (const other of [undefined, null, 'ENOENT', new Error('ENOENT'), { code: 7 }])
    expect(systemCode(other)).toBe('');
});
