/** One block of a GIF; GIF89a specification, appendix A. */
export interface GifBlock {
  /** "header", "image", "graphic-control", "comment", "plain-text", "application", "extension", "trailer". */
  readonly name: string;
  readonly offset: number;
  /** In bytes, with its sub-blocks. */
  readonly length: number;
  /** The first sub-block of an extension. */
  readonly first: Uint8Array;
  /** Bytes of all later sub-blocks, length bytes and terminator included. */
  readonly rest: Uint8Array;
}

export interface GifBlocks {
  readonly blocks: readonly GifBlock[];
  /** Offset after the last whole block. */
  readonly end: number;
  /** False when a block is cut short or unknown, or the trailer is missing. */
  readonly whole: boolean;
}

const NONE = new Uint8Array(0);
const EXTENSIONS: Readonly<Record<number, string>> = {
  0xf9: 'graphic-control',
  0xfe: 'comment',
  0x01: 'plain-text',
  0xff: 'application',
};

export function isGif(bytes: Uint8Array): boolean {
  return /^GIF8[79]a$/.test(Buffer.from(bytes.subarray(0, 6)).toString('latin1'));
}

/** The blocks of a GIF up to its trailer or the first damage. */
export function readBlocks(bytes: Uint8Array): GifBlocks {
  const blocks: GifBlock[] = [];
  // Signature, screen descriptor and the global colour table that the descriptor announces.
  const header = 13 + colourTableBytes(bytes[10] ?? 0);
  if (header > bytes.length) return { blocks, end: 0, whole: false };
  blocks.push({ name: 'header', offset: 0, length: header, first: NONE, rest: NONE });
  let at = header;
  while (at < bytes.length) {
    const block = readBlock(bytes, at);
    if (!block) return { blocks, end: at, whole: false };
    blocks.push(block);
    at += block.length;
    if (block.name === 'trailer') return { blocks, end: at, whole: true };
  }
  return { blocks, end: at, whole: false };
}

function readBlock(bytes: Uint8Array, offset: number): GifBlock | undefined {
  const introducer = bytes[offset];
  if (introducer === 0x3b) return { name: 'trailer', offset, length: 1, first: NONE, rest: NONE };
  if (introducer === 0x2c) {
    // Image descriptor, local colour table, one byte of LZW code size.
    const data = offset + 10 + colourTableBytes(bytes[offset + 9] ?? 0) + 1;
    const end = endOfSubBlocks(bytes, data);
    return end === undefined
      ? undefined
      : { name: 'image', offset, length: end - offset, first: NONE, rest: NONE };
  }
  if (introducer !== 0x21) return undefined;
  const end = endOfSubBlocks(bytes, offset + 2);
  if (end === undefined) return undefined;
  const start = offset + 3 + (bytes[offset + 2] as number);
  return {
    name: EXTENSIONS[bytes[offset + 1] as number] ?? 'extension',
    offset,
    length: end - offset,
    first: bytes.subarray(offset + 3, start),
    rest: bytes.subarray(Math.min(start, end), end),
  };
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The offset after the empty sub-block that ends a sequence; undefined when the sequence is cut short. */
function endOfSubBlocks(bytes: Uint8Array, start: number): number | undefined {
  let at = start;
  for (;;) {
    const size = bytes[at];
    if (size === undefined) return undefined;
    at += size + 1;
    if (size === 0) return at;
  }
}
