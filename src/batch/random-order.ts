import { randomInt } from 'node:crypto';

/**
 * The same items in a newly drawn order, each order as likely as any other (Durstenfeld 1964): photos get their place
 * in the ledger as they are finished, and a list of the sources must not show which record belongs to which.
 */
export function inRandomOrder<T>(items: readonly T[]): T[] {
  const drawn = [...items];
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other] as T, drawn[last] as T];
  }
  return drawn;
}
