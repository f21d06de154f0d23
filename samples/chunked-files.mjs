/** Puts chunks into PNG, WebP and GIF files. */
import { crc32, deflateSync } from 'node:zlib';

/** One PNG chunk with its checksum (W3C PNG, third edition, 5.3). */
export function pngChunk(type, body) {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}

/** The PNG with chunks right behind its header chunk, and bytes behind its end. */
export function withPngChunks(png, chunks, trailing = Buffer.alloc(0)) {
  const headerEnd = 8 + 25;
  return Buffer.concat([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd), trailing]);
}

export const pngText = (keyword, text) => pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
export const pngCompressedText = (keyword, text) =>
  pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(Buffer.from(text))]));
export const pngInternationalText = (keyword, text) =>
  pngChunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text)]));

function riffChunk(type, body) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** A WebP file in its extended form with EXIF, XMP and a chunk nobody knows (WebP container specification). */
export function withWebpMetadata(webp, { width, height, exif, xmp, unknown }) {
  const flags = Buffer.alloc(10);
  flags[0] = 0x08 | 0x04; // EXIF, XMP
  flags.writeUIntLE(width - 1, 4, 3);
  flags.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', flags),
    webp.subarray(12),
    riffChunk('EXIF', exif),
    riffChunk('XMP ', xmp),
    riffChunk('prIv', unknown),
  ]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** A GIF block's data in pieces of at most 255 bytes, ended by an empty one. */
function subBlocks(body) {
  const out = [];
  for (let at = 0; at < body.length; at += 255) {
    const piece = body.subarray(at, at + 255);
    out.push(Buffer.from([piece.length]), piece);
  }
  return Buffer.concat([...out, Buffer.from([0])]);
}

/** The GIF with a comment and an application's block right behind its global palette (GIF89a, 24 and 26). */
export function withGifExtensions(gif, comment, applicationData) {
  const packed = gif[10];
  const start = 13 + ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1));
  const extensions = Buffer.concat([
    Buffer.from([0x21, 0xfe]),
    subBlocks(Buffer.from(comment)),
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from('PLANTEDA1.0', 'latin1'),
    subBlocks(Buffer.from(applicationData)),
  ]);
  return Buffer.concat([gif.subarray(0, start), extensions, gif.subarray(start)]);
}
