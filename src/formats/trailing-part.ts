import type { ContainerPart } from '../core/metadata.js';

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const VIDEO_START = Buffer.from('ftyp', 'latin1');

/** What follows the end of an image: another picture, the video of a motion photo, or anything else. */
export function trailingPart(bytes: Uint8Array, offset: number): ContainerPart {
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  const hidden = rest.includes(JPEG_START) || rest.includes(VIDEO_START);
  return {
    name: 'trailing',
    offset,
    length: bytes.length - offset,
    allowed: false,
    finding: { part: 'trailing', group: hidden ? 'hidden-image' : 'trailing', identifying: true },
  };
}
