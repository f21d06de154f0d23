import { randomFillSync } from 'node:crypto';

/** A source of cryptographically strong numbers, uniform in [0, 1), drawn from the system in blocks. */
export function cryptoRandom(): () => number {
  const block = new Uint32Array(1024);
  let next = block.length;
  return () => {
    if (next === block.length) {
      randomFillSync(block);
      next = 0;
    }
    return (block[next++] as number) / 2 ** 32;
  };
}
