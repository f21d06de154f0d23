/** One chunk of a RIFF file. */
export interface RiffChunk {
  /** Four characters; names of two or three letters end in spaces. */
  readonly type: string;
  /** Byte offset of the type. */
  readonly offset: number;
  /** In bytes, with type, size and the padding byte of an odd size. */
  readonly length: number;
  readonly content: Uint8Array;
  /** True when the padding byte, if any, is zero. */
  readonly padded: boolean;
}

export interface RiffChunks {
  readonly chunks: readonly RiffChunk[];
  /** Offset after the last whole chunk. */
  readonly end: number;
}

/** The chunks between two offsets, up to the first that is cut short. */
export function readRiffChunks(bytes: Uint8Array, start: number, end: number): RiffChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: RiffChunk[] = [];
  let at = start;
  while (at + 8 <= end) {
    const size = view.getUint32(at + 4, true);
    const length = 8 + size + (size % 2);
    if (at + length > end) break;
    chunks.push({
      type: Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'),
      offset: at,
      length,
      content: bytes.subarray(at + 8, at + 8 + size),
      padded: size % 2 === 0 || bytes[at + 8 + size] === 0,
    });
    at += length;
  }
  return { chunks, end: at };
}

/** A chunk with its padding. */
export function riffChunk(type: string, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, ...content, Buffer.alloc(size % 2)]);
}

export function isWebp(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return head.startsWith('RIFF') && head.endsWith('WEBP');
}
