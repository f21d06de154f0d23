import { deflateSync, inflateSync } from 'node:zlib';
import { pngChunk } from '../../samples/chunked-files.mjs';
import type { ImageFormat } from '../../src/core/image.js';

/** A place in compressed data that a container walk does not open; what hides there changes no pixel. */
export interface HiddenPayload {
  readonly name: string;
  readonly format: ImageFormat;
  /** @param clean as this tool wrote it */
  plant(clean: Buffer): Buffer;
}

const PAYLOAD = Buffer.from('MARTHA PLANTED 1953-02-11');

const between = (file: Buffer, start: number, end: number, ...inserted: readonly Uint8Array[]) =>
  Buffer.concat([file.subarray(0, start), ...inserted, file.subarray(end)]);

/** Where the n-th marker of a JPEG is; our files hold none in what comes before the scan but segments. */
function marker(file: Buffer, code: number, n = 0): number {
  let at = -1;
  for (let i = 0; i <= n; i++) at = file.indexOf(Buffer.from([0xff, code]), at + 1);
  return at;
}

const beforeEnd = (file: Buffer, ...inserted: readonly Uint8Array[]) =>
  between(file, file.length - 2, file.length - 2, ...inserted);

/** A Huffman table segment of its own, which a later one replaces. */
function tableOfPayload(): Buffer {
  const counts = Buffer.alloc(16);
  counts[7] = PAYLOAD.length;
  const length = 2 + 1 + 16 + PAYLOAD.length;
  return Buffer.concat([Buffer.from([0xff, 0xc4, 0, length, 0x10]), counts, PAYLOAD]);
}

/** A symbol that no block uses, with the code that every table keeps free. */
function unusedSymbol(file: Buffer): Buffer {
  const at = marker(file, 0xc4);
  const length = file.readUInt16BE(at + 2);
  const changed = between(file, at + 2 + length, at + 2 + length, Buffer.from([11]));
  changed.writeUInt16BE(length + 1, at + 2);
  let longest = at + 5 + 15;
  while (changed[longest] === 0) longest--;
  changed[longest] = (changed[longest] as number) + 1;
  return changed;
}

/** The content of all IDAT chunks, and the file with another in their place. */
function compressedOfPng(file: Buffer): { data: Buffer; replace: (...chunks: readonly Buffer[]) => Buffer } {
  const start = file.indexOf('IDAT') - 4;
  const end = file.indexOf('IEND') - 4;
  const pieces: Buffer[] = [];
  for (let at = start; at < end; at += file.readUInt32BE(at) + 12) {
    pieces.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return { data: Buffer.concat(pieces), replace: (...chunks) => between(file, start, end, ...chunks) };
}

const idat = (...content: readonly Buffer[]) => pngChunk('IDAT', Buffer.concat(content));

function png(name: string, plant: (data: Buffer) => readonly Buffer[]): HiddenPayload {
  return {
    name,
    format: 'png',
    plant: (clean) => {
      const { data, replace } = compressedOfPng(clean);
      return replace(...plant(data));
    },
  };
}

/** The same pixels in less space, and the payload in what became free. */
function inTheSameSpace(file: Buffer, start: number, length: number): Buffer {
  const tighter = deflateSync(inflateSync(file.subarray(start, start + length)), { level: 9 });
  const free = length - tighter.length;
  if (free <= 0) throw new RangeError('Expected a strip that can be compressed further');
  const filling = Buffer.alloc(free, PAYLOAD);
  return between(file, start, start + length, tighter, filling);
}

/** An empty unit of AV1 data (a temporal delimiter) behind the picture; mdat is the last box. */
function emptyUnit(file: Buffer): Buffer {
  const mdat = file.indexOf('mdat') - 4;
  const size = file.readUInt32BE(mdat);
  const changed = Buffer.concat([file, Buffer.from([0x12, 0])]);
  changed.writeUInt32BE(size + 2, mdat);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(size - 8);
  changed.writeUInt32BE(size - 6, changed.indexOf(length, changed.indexOf('iloc')));
  return changed;
}

const NETSCAPE = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\x4d\x41\0', 'latin1');

/** Of a GIF of one frame: behind its graphic control block. */
const firstImage = (file: Buffer) => file.indexOf(Buffer.from([0x21, 0xf9, 4]));

export const HIDDEN_PAYLOADS: readonly HiddenPayload[] = [
  {
    name: 'a Huffman table that a later one replaces (DHT)',
    format: 'jpeg',
    plant: (clean) => between(clean, marker(clean, 0xc4), marker(clean, 0xc4), tableOfPayload()),
  },
  { name: 'a symbol that no block uses (DHT)', format: 'jpeg', plant: unusedSymbol },
  {
    name: 'bytes behind the last block of the scan',
    format: 'jpeg',
    plant: (clean) => beforeEnd(clean, PAYLOAD),
  },
  {
    name: 'bytes behind a restart marker (RST)',
    format: 'jpeg',
    plant: (clean) => beforeEnd(clean, Buffer.from([0xff, 0xd0]), PAYLOAD),
  },
  {
    name: 'a second frame (SOF0) behind the first',
    format: 'jpeg',
    plant: (clean) => beforeEnd(clean, clean.subarray(marker(clean, 0xc0), clean.length - 2)),
  },
  png('bytes behind the zlib stream', (data) => [idat(data, PAYLOAD)]),
  png('an IDAT chunk behind the picture', (data) => [idat(data), idat(PAYLOAD)]),
  png('an empty IDAT chunk', (data) => [idat(data), idat()]),
  png('rows below the last', (data) => [
    idat(deflateSync(Buffer.concat([inflateSync(data), Buffer.alloc(600, PAYLOAD)]), { level: 6 })),
  ]),
  png('another way to compress the same rows', (data) => [
    idat(deflateSync(inflateSync(data), { level: 2 })),
  ]),
  {
    name: 'bytes behind the VP8L bitstream',
    format: 'webp',
    plant: (clean) => {
      const filled = Buffer.concat([clean, PAYLOAD, Buffer.alloc((clean.length + PAYLOAD.length) % 2)]);
      filled.writeUInt32LE(filled.length - 8, 4);
      filled.writeUInt32LE(filled.length - 20, 16);
      return filled;
    },
  },
  {
    name: 'sub-blocks behind the LZW end code',
    format: 'gif',
    // The empty sub-block and the trailer are the last two bytes.
    plant: (clean) => beforeEnd(clean, Buffer.from([PAYLOAD.length]), PAYLOAD),
  },
  {
    name: 'a repeated NETSCAPE block',
    format: 'gif',
    plant: (clean) => between(clean, firstImage(clean), firstImage(clean), NETSCAPE, NETSCAPE),
  },
  {
    name: 'bytes behind the zlib stream of a strip',
    format: 'tiff',
    plant: (clean) => inTheSameSpace(clean, 8, endOfFirstStrip(clean) - 8),
  },
  { name: 'an empty unit behind the picture', format: 'avif', plant: emptyUnit },
];

/** Of a TIFF of one strip: the value of StripByteCounts (279), from the directory on. */
function endOfFirstStrip(file: Buffer): number {
  const directory = file.readUInt32LE(4);
  for (let at = directory + 2; ; at += 12)
    if (file.readUInt16LE(at) === 279) return 8 + file.readUInt32LE(at + 8);
}
