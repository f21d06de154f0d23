import { expect, it } from 'vitest';
import { Turns } from './turns.js';

it('lets work of one key wait for the one before, even when that fails, and no other', async () => {
  const turns = new Turns();
  const told: string[] = [];
  let fail: (error: Error) => void = () => undefined;
  const a = turns.take('a', () => new Promise((_, reject) => (fail = reject)));
  const b = turns.take('a', async () => Promise.resolve(told.push('second of a')));
  await turns.take('b', async () => Promise.resolve(told.push('b')));
  expect(told).toEqual(['b']);
  fail(new Error('failed'));
  await expect(a).rejects.toThrow('failed');
  await b;
  expect(told).toEqual(['b', 'second of a']);
});
