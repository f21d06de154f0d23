import { describe, expect, it } from 'vitest';
import { divide, thisMachine } from './machine.js';

describe('divide', () => {
  it('gives every core a process with one thread when there is memory for it', () => {
    expect(divide({ cores: 8, memoryMiB: 32768 })).toEqual({ jobs: 8, threads: 1, mostMiB: 3072 });
  });

  it('starts fewer processes when memory is short, but at least one, and each has what a photo needs', () => {
    expect(divide({ cores: 8, memoryMiB: 4096 })).toEqual({ jobs: 3, threads: 2, mostMiB: 1024 });
    expect(divide({ cores: 4, memoryMiB: 512 })).toEqual({ jobs: 1, threads: 4, mostMiB: 1024 });
  });

  it('does what was asked, and starts no process without a photo for it', () => {
    expect(divide({ cores: 2, memoryMiB: 16384 }, 6)).toEqual({ jobs: 6, threads: 1, mostMiB: 2048 });
    expect(divide({ cores: 8, memoryMiB: 32768 }, undefined, 1)).toEqual({
      jobs: 1,
      threads: 8,
      mostMiB: 24576,
    });
  });

  it('knows this machine', () => {
    const { cores, memoryMiB } = thisMachine();
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(memoryMiB).toBeGreaterThan(100);
    expect(memoryMiB).toBeLessThan(2 ** 30);
  });
});
