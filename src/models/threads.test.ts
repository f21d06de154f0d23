import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { engineThreads, setEngineThreads } from './threads.js';

describe('engineThreads', () => {
  it('are at most two until a process chooses otherwise', () => {
    expect(engineThreads()).toBe(Math.min(2, availableParallelism()));
    setEngineThreads(1);
    expect(engineThreads()).toBe(1);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('cannot be %d', (count) => {
    expect(() => setEngineThreads(count)).toThrow(RangeError);
  });
});
