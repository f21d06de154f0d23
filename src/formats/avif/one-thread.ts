import sharp from 'sharp';

/** How many are at work, and what the others are to have again afterwards. */
let [running, before] = [0, 0];

/**
 * Runs an encoding with one thread: AV1's encoder writes other bytes for every number of threads, which would say how many
 * the machine has. The setting is the process's; other work is slower meanwhile.
 */
export async function withOneThread<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) before = sharp.concurrency();
  sharp.concurrency(1);
  try {
    return await work();
  } finally {
    if (--running === 0) sharp.concurrency(before);
  }
}
