import { createCipheriv, createHash } from 'node:crypto';

const BLOCK = 4096;
/** Keeps the key apart from the photo's own SHA-256, which stands in the ledger. */
const DOMAIN = 'image-deid random 1';

/** The random numbers used on one photo. */
export interface PhotoNumbers {
  /** For the irregular resampling. */
  readonly resampling: () => number;
  /** For the noise under redactions; each call starts the same sequence again. */
  readonly noise: () => () => number;
}

/**
 * The numbers of one photo. The noise under redactions does not depend on the settings and is the same in every frame:
 * if several views of one thing each had noise of their own, it could be averaged away.
 * @param settings a hash of the settings
 */
export function numbersOfPhoto(photo: Uint8Array, settings: string): PhotoNumbers {
  return { resampling: randomOfPhoto(photo, settings), noise: replayed(randomOfPhoto(photo, 'noise')) };
}

/** Makes a sequence replayable: each caller gets the same numbers, from the first one on. */
export function replayed(random: () => number): () => () => number {
  const drawn: number[] = [];
  return () => {
    let next = 0;
    return () => (drawn[next++] ??= random());
  };
}

/**
 * Numbers for one photo, uniform in [0, 1): the key stream of AES-256 in counter mode, its key the SHA-256 of a prefix,
 * the settings' hash and the photo. The same photo with the same settings gets the same numbers, so that its copies
 * differ in nothing that could be averaged away; without the photo, nobody can tell them from random ones.
 * @param settings a hash of the settings
 */
export function randomOfPhoto(photo: Uint8Array, settings: string): () => number {
  const key = createHash('sha256').update(`${DOMAIN}\n${settings}\n`).update(photo).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK);
  let block = Buffer.alloc(0);
  let next = 0;
  return () => {
    if (next === block.length) {
      block = cipher.update(zeros);
      next = 0;
    }
    const value = block.readUInt32LE(next) / 2 ** 32;
    next += 4;
    return value;
  };
}
