import { describe, expect, it } from 'vitest';
import { rankCorrelation } from '../../tests/support/rank-correlation.js';
import { inRandomOrder } from './random-order.js';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('inRandomOrder', () => {
  it('keeps every item once, tells nothing about the order before, and differs each time', () => {
    const items = upTo(10_000);
    const drawn = inRandomOrder(items);
    expect([...drawn].sort((a, b) => a - b)).toEqual(items);
    expect(items).toEqual(upTo(10_000));
    // Ten times the spread expected by chance: 1 / √(n − 1).
    expect(Math.abs(rankCorrelation(drawn))).toBeLessThan(0.1);
    expect(inRandomOrder(items)).not.toEqual(drawn);
  });

  it('gives every order of three as often as any other', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = inRandomOrder(['a', 'b', 'c']).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Seven times the spread expected by chance.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(210);
  });

  it('copes with none and with one', () => {
    expect([inRandomOrder([]), inRandomOrder([1])]).toEqual([[], [1]]);
  });
});
