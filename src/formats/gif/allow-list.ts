import type { GifBlock } from './blocks.js';

/** Blocks that a GIF of ours may hold, besides graphic controls and the application block of the loop. */
const ALLOW_LIST: ReadonlySet<string> = new Set(['header', 'image', 'trailer']);

/** Whether our writer writes such a block. */
export function isAllowed(block: GifBlock): boolean {
  if (block.name === 'graphic-control') return block.first.length === 4 && block.rest.length === 1;
  return ALLOW_LIST.has(block.name) || (block.name === 'application' && isLoop(block));
}

/** NETSCAPE2.0 (or ANIMEXTS1.0) with one sub-block of three bytes: 1, then how often to repeat. */
export function isLoop({ first, rest }: GifBlock): boolean {
  const known = /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(Buffer.from(first).toString('latin1'));
  return known && rest.length === 5 && rest[0] === 3 && rest[1] === 1;
}
