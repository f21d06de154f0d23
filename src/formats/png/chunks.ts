import { crc32 } from 'node:zlib';

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** One chunk of a PNG. */
export interface Chunk {
  /** Four letters. */
  readonly type: string;
  /** Byte offset of the length field. */
  readonly offset: number;
  /** In bytes, with length, type and checksum. */
  readonly length: number;
  readonly content: Uint8Array;
}

/** The chunks up to IEND or the first damage, and where that lies. */
export interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Offset after the last whole chunk. */
  readonly end: number;
  /** False when a chunk is cut short or its type is not four letters, or IEND is missing. */
  readonly whole: boolean;
}

export function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Reads the chunks of a PNG without inflating anything. */
export function readChunks(bytes: Uint8Array): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const size = view.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (!/^[A-Za-z]{4}$/.test(type) || at + 12 + size > bytes.length) break;
    chunks.push({ type, offset: at, length: size + 12, content: bytes.subarray(at + 8, at + 8 + size) });
    at += size + 12;
    if (type === 'IEND') return { chunks, end: at, whole: true };
  }
  return { chunks, end: at, whole: false };
}

/** Whether the chunk's checksum is right. */
export function hasRightChecksum(bytes: Uint8Array, { offset, length }: Chunk): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return crc32(bytes.subarray(offset + 4, offset + length - 4)) === view.getUint32(offset + length - 4);
}
