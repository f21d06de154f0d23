import type { Segment } from './segments.js';

/** Segments that a JPEG of ours may hold, besides the frame's header. */
const ALLOW_LIST: ReadonlySet<string> = new Set(['SOI', 'EOI', 'DHT', 'SOS', 'scan', 'DQT']);

/** Whether our encoder writes such a segment; quantisation tables that are not standard are found by `walkJpeg`. */
export function isAllowed({ name }: Segment, content: Uint8Array): boolean {
  return ALLOW_LIST.has(name) || (name === 'SOF0' && isFullColourFrame(content));
}

/** 8 bits and three components of the same resolution (4:4:4); T.81 B.2.2. */
function isFullColourFrame(content: Uint8Array): boolean {
  const sampling = [content[7], content[10], content[13]];
  return content.length === 15 && content[0] === 8 && content[5] === 3 && sampling.every((s) => s === 0x11);
}
