import { createHash } from 'node:crypto';

/** Random numbers, uniform in [0, 1), always the same for the same words. */
export function numbersOf(words: string): () => number {
  let block = 0;
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === bytes.length) {
      bytes = createHash('sha256').update(`${words} ${block++}`).digest();
      at = 0;
    }
    at += 4;
    return bytes.readUInt32LE(at - 4) / 2 ** 32;
  };
}
