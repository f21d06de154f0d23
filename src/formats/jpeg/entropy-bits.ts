/** Reads the bits of a baseline scan: Huffman symbols and the bits that follow them (T.81, F.2.2). */
export class EntropyBits {
  private buffer = 0;
  private held = 0;
  /** Bits beyond the data are taken to be ones; using any of them is damage. */
  private beyond = 0;
  private hasUnknown = false;

  /** @param at offset of the next byte that is read; reading ends before a marker */
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  /** Whether all that was read was there and known. */
  get isWhole(): boolean {
    return !this.hasUnknown && this.beyond <= this.held;
  }

  /** @param table `lookUpTable` */
  symbol(table: Uint16Array): number {
    this.fill();
    const found = table[(this.buffer >> (this.held - 16)) & 0xffff] as number;
    this.held -= found >> 8;
    if (found === 0) this.hasUnknown = true;
    return found & 0xff;
  }

  /** @param bits at most 16 */
  skip(bits: number): void {
    this.fill();
    this.held -= bits;
  }

  /** Whether nothing is left but the padding of the last byte, which is all ones. */
  isPadding(): boolean {
    const left = this.held - this.beyond;
    const ones = (1 << left) - 1;
    return (
      this.at >= this.bytes.length && left >= 0 && left < 8 && ((this.buffer >> this.beyond) & ones) === ones
    );
  }

  /** Goes back to the first byte of which no bit was used. */
  align(): void {
    for (let unused = (this.held - this.beyond) >> 3; unused > 0; unused--) {
      this.at -= this.bytes[this.at - 1] === 0 && this.bytes[this.at - 2] === 0xff ? 2 : 1;
    }
    [this.held, this.beyond] = [0, 0];
  }

  private fill(): void {
    const { bytes } = this;
    while (this.held <= 16) {
      const next = bytes[this.at];
      let byte = 0xff;
      // A byte of ones is followed by zeros, or it begins a marker.
      if (next === undefined || (next === 0xff && bytes[this.at + 1] !== 0)) this.beyond += 8;
      else {
        byte = next;
        this.at += next === 0xff ? 2 : 1;
      }
      this.buffer = ((this.buffer << 8) | byte) & 0x1ff_ffff;
      this.held += 8;
    }
  }
}
