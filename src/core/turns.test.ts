import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

describe('Turns', () => {
  it('begins nothing before what came earlier has ended, and goes on after a failure', async () => {
    const turns = new Turns();
    const told: string[] = [];
    let end: () => void = () => undefined;
    const first = turns.take(async () => {
      told.push('first begins');
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      told.push('first ends');
      throw new Error('first');
    });
    const second = turns.take(() => Promise.resolve(told.push('second')));
    await new Promise(setImmediate);
    expect(told).toEqual(['first begins']);
    end();
    await expect(first).rejects.toThrow('first');
    expect(await second).toBe(3);
    expect(told).toEqual(['first begins', 'first ends', 'second']);
  });

  it('lets work of one key wait for the one before, even when that fails, and no other', async () => {
    const turns = new Turns();
    const told: string[] = [];
    let fail: (error: Error) => void = () => undefined;
    const a = turns.take(() => new Promise((_, reject) => (fail = reject)), 'a');
    const b = turns.take(async () => Promise.resolve(told.push('second of a')), 'a');
    await turns.take(async () => Promise.resolve(told.push('b')), 'b');
    expect(told).toEqual(['b']);
    fail(new Error('failed'));
    await expect(a).rejects.toThrow('failed');
    await b;
    expect(told).toEqual(['b', 'second of a']);
  });
});
