const MOST_CODES = 4096;
const SUB_BLOCK_BYTES = 255;

/**
 * Palette numbers as the image data of a GIF: the LZW code size, sub-blocks and the empty one that ends them (GIF89a,
 * appendix F). Always takes the longest known string, and starts again with an empty table when it is full.
 * @param bits of a palette number, 1 to 8
 */
export function lzwData(numbers: Uint8Array, bits: number): Buffer {
  const codeSize = Math.max(2, bits);
  const [clear, end] = [1 << codeSize, (1 << codeSize) + 1];
  const codes = new CodeWriter();
  // For the code of a known string and one more number: the code of the longer string; 0 where there is none.
  const longer = new Uint16Array(MOST_CODES << 8);
  let [next, width] = [end + 1, codeSize + 1];
  codes.write(clear, width);
  let prefix = numbers[0] as number;
  for (let i = 1; i < numbers.length; i++) {
    const number = numbers[i] as number;
    const at = (prefix << 8) | number;
    const known = longer[at] as number;
    if (known !== 0) {
      prefix = known;
      continue;
    }
    codes.write(prefix, width);
    prefix = number;
    if (next < MOST_CODES) {
      longer[at] = next;
      if (next === 1 << width) width++;
      next++;
      continue;
    }
    codes.write(clear, width);
    longer.fill(0);
    [next, width] = [end + 1, codeSize + 1];
  }
  codes.write(prefix, width);
  // A reader has by now made room for one more string.
  if (next === 1 << width && width < 12) width++;
  codes.write(end, width);
  return Buffer.concat([Buffer.from([codeSize]), ...subBlocks(codes.bytes())]);
}

function subBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += SUB_BLOCK_BYTES) {
    const block = bytes.subarray(at, at + SUB_BLOCK_BYTES);
    blocks.push(Buffer.from([block.length]), block);
  }
  return [...blocks, Buffer.from([0])];
}

/** Codes of a few bits, the lowest bit first. */
class CodeWriter {
  private written = Buffer.alloc(1 << 16);
  private length = 0;
  private buffer = 0;
  private held = 0;

  write(code: number, bits: number): void {
    this.buffer |= code << this.held;
    for (this.held += bits; this.held >= 8; this.held -= 8) {
      this.put(this.buffer & 0xff);
      this.buffer >>>= 8;
    }
  }

  bytes(): Buffer {
    if (this.held > 0) this.put(this.buffer & 0xff);
    return this.written.subarray(0, this.length);
  }

  private put(byte: number): void {
    if (this.length === this.written.length)
      this.written = Buffer.concat([this.written, Buffer.alloc(this.length)]);
    this.written[this.length++] = byte;
  }
}
