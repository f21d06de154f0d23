import type { ContainerPart, MetadataFinding } from '../core/metadata.js';

/** How pictures and videos begin, and what Samsung's phones call them in their trailer. */
const HIDDEN = [
  Buffer.from([0xff, 0xd8, 0xff]),
  ...['ftyp', 'MotionPhoto_Data', 'EmbeddedVideo', 'DepthMap'].map((text) => Buffer.from(text, 'latin1')),
];

/** What bytes behind an image are: another picture, a depth map, the video of a motion photo, or anything else. */
export function trailingGroup(bytes: Uint8Array): MetadataFinding['group'] {
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return HIDDEN.some((start) => rest.includes(start)) ? 'hidden-image' : 'trailing';
}

/** What follows the end of an image. */
export function trailingPart(bytes: Uint8Array, offset: number): ContainerPart {
  return {
    name: 'trailing',
    offset,
    length: bytes.length - offset,
    allowed: false,
    finding: { part: 'trailing', group: trailingGroup(bytes.subarray(offset)), identifying: true },
  };
}
