import { describe, expect, it } from 'vitest';
import { Together, type Written } from './together.js';

/** Writes numbers when told to, and remembers which it was given together. */
function numbers(most: number, becomes: (items: readonly number[]) => Written<string> | Error) {
  const batches: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  const together = new Together<number, string>(
    most,
    (item) => String(item % 100),
    async (take) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      const items = take();
      batches.push(items);
      const written = becomes(items);
      if (written instanceof Error) throw written;
      return written;
    },
  );
  const open = async () => {
    gates.shift()?.();
    await new Promise(setImmediate);
  };
  return { together, batches, open };
}
const all = (items: readonly number[]) => ({ results: items.map(String) });

describe('what is written together', () => {
  it('is what came while others were written, in order, and not more than was said', async () => {
    const { together, batches, open } = numbers(3, all);
    const done = Promise.all([1, 2, 3, 4].map((item) => together.add(item)));
    await open();
    const later = together.add(5);
    await open();
    expect(await done).toEqual(['1', '2', '3', '4']);
    expect(await later).toBe('5');
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('is asked for once at a time, and never of nothing', async () => {
    const batches: (readonly number[])[] = [];
    const ends: (() => void)[] = [];
    const together = new Together<number, string>(9, String, async (take) => {
      const items = take();
      batches.push(items);
      await new Promise<void>((resolve) => ends.push(resolve));
      return all(items);
    });
    const first = together.add(1);
    const second = together.add(2);
    await new Promise(setImmediate);
    expect(batches).toEqual([[1]]);
    ends.shift()?.();
    expect(await first).toBe('1');
    await new Promise(setImmediate);
    ends.shift()?.();
    expect(await second).toBe('2');
    expect(batches).toEqual([[1], [2]]);
  });

  it('never has two of the same key', async () => {
    const { together, batches, open } = numbers(9, all);
    const done = Promise.all([7, 8, 107, 9].map((item) => together.add(item)));
    await open();
    await open();
    expect(await done).toEqual(['7', '8', '107', '9']);
    expect(batches).toEqual([
      [7, 8],
      [107, 9],
    ]);
  });

  it('is kept up to the first that fails; those that come after fail with it, and the next begin anew', async () => {
    const reason = new Error('full');
    const failing = { results: ['1'], failure: { status: 'rejected', reason } } as const;
    const { together, batches, open } = numbers(2, (items) => (items.includes(2) ? failing : all(items)));
    const done = Promise.allSettled([1, 2, 3].map((item) => together.add(item)));
    await open();
    expect(await done).toEqual([
      { status: 'fulfilled', value: '1' },
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    const next = together.add(4);
    await open();
    expect([await next, batches]).toEqual(['4', [[1, 2], [4]]]);
  });

  it('fails as a whole when nothing could be written', async () => {
    const { together, open } = numbers(2, () => new Error('lost'));
    const done = Promise.allSettled([1, 2, 3].map((item) => together.add(item)));
    await open();
    expect((await done).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
