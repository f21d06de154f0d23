import sharp from 'sharp';

/** How many encodings are running, and the number of threads to restore afterwards. */
let [running, before] = [0, 0];

/**
 * Runs an encoding with one thread: AV1's encoder writes different bytes for each number of threads, which would reveal
 * how many the machine has. The setting holds for the whole process; other work is slower meanwhile.
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
