import { availableParallelism } from 'node:os';

/** More threads gain little: our networks are small. */
const MOST_THREADS = 2;

let chosen: number | undefined;

/**
 * Sets how many threads an engine of this process may use. Call it before the first engine opens. A process that
 * shares the machine with others like it sets 1.
 * @param count a whole number, 1 or more
 * @throws {RangeError} on any other number
 */
export function setEngineThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected a whole number of threads from 1 on but received ${count}`);
  }
  chosen = count;
}

/** What `setEngineThreads` set; otherwise two, or one where the machine has no more. */
export function engineThreads(): number {
  return chosen ?? Math.min(MOST_THREADS, availableParallelism());
}
