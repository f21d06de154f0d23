import type { RiffChunk } from './riff.js';

/** Flags of VP8X that our files may have: animation (0x02) and alpha (0x10). */
const ALLOWED_FLAGS = 0x12;

/** Whether our encoder writes such a chunk: VP8L, and for an animation also VP8X and ANIM. */
export function isAllowed({ type, content }: RiffChunk): boolean {
  if (type === 'VP8X') {
    const [flags = 0xff, ...reserved] = content.subarray(0, 4);
    return content.length === 10 && (flags & ~ALLOWED_FLAGS) === 0 && reserved.every((b) => b === 0);
  }
  if (type === 'ANIM') return content.length === 6;
  return type === 'VP8L';
}
