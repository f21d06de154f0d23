import { crc32, deflateSync } from 'node:zlib';

/** Numbers, interleaved; 1 channel is grey, 2 grey with alpha. 16-bit numbers have their high byte first. */
export interface RawNumbers {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}

const COLOUR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/**
 * Wraps pixels and their ICC profile in a PNG (not compressed: it lives only until sharp has read it), because
 * sharp converts from the profile that an image carries and cannot be handed one beside raw pixels.
 * @param bits of each number, 8 or 16
 */
export function pngWithProfile(pixels: RawNumbers, profile: Uint8Array, bits: 8 | 16 = 8): Uint8Array {
  const { width, height, channels, data } = pixels;
  const stride = (width * channels * bits) / 8;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, COLOUR_TYPES[channels], 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profile)])),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const name = Buffer.from(type, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content, crc32(name)));
  return Buffer.concat([length, name, content, check]);
}
