import { randomBytes } from 'node:crypto';
import { markExchange, readMarker } from './storage/index.js';

const BYTES = 16;

/**
 * The id of the run in an output folder, made at the first call; it keeps the jobs of two folders apart.
 * @param state the folder's state folder
 * @throws {ImageDeidError} disk-full, output-unwritable
 */
export async function runIdOf(state: string): Promise<string> {
  const before = await readMarker(state);
  if (before !== undefined && /^[0-9a-f]{32}$/.test(before)) return before;
  const id = randomBytes(BYTES).toString('hex');
  await markExchange(state, id);
  return id;
}
