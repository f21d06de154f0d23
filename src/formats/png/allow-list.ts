import { hasRightChecksum, type Chunk } from './chunks.js';

/** Chunks that a PNG of ours may hold. */
export const ALLOW_LIST: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Whether our encoder writes such a chunk. */
export function isAllowed(bytes: Uint8Array, chunk: Chunk): boolean {
  return ALLOW_LIST.has(chunk.type) && hasRightChecksum(bytes, chunk);
}
