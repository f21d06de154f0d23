const [COLOUR_SPACE, EXIF, INTEROP, INTEROP_INDEX] = [0xa001, 0x8769, 0xa005, 1];
/** "R03", the DCF option file of DCF 2.0 (CIPA DC-009). */
const OPTION_FILE = Buffer.from('R03', 'latin1');
/** sRGB in Exif; and Adobe RGB, which is in no standard but in many cameras. */
const [IS_SRGB, IS_ADOBE_RGB] = [1, 2];

/**
 * Whether an EXIF block says that the photo is in Adobe RGB: an "R03" interoperability index and any colour space but
 * sRGB (Exif 2.32, 4.6.5; DCF 2.0, 5.3.2), or the colour space 2. A damaged block says nothing.
 * @param block a classic TIFF structure, with or without "Exif\0\0" in front
 */
export function saysAdobeRgb(block: Uint8Array): boolean {
  const start = Buffer.from(block.subarray(0, 6)).toString('latin1') === 'Exif\0\0' ? 6 : 0;
  const tiff = block.subarray(start);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const order = view.getUint16(0);
    if (order !== 0x4949 && order !== 0x4d4d) return false;
    const le = order === 0x4949;
    /** Where the value of a tag lies, in its own slot: 4 bytes. */
    const slotOf = (directory: number | undefined, tag: number): number | undefined => {
      if (directory === undefined) return undefined;
      const count = view.getUint16(directory, le);
      for (let at = directory + 2; at < directory + 2 + count * 12; at += 12) {
        if (view.getUint16(at, le) === tag) return at + 8;
      }
      return undefined;
    };
    const pointer = (slot: number | undefined) => (slot === undefined ? undefined : view.getUint32(slot, le));
    const exif = pointer(slotOf(view.getUint32(4, le), EXIF));
    const colours = slotOf(exif, COLOUR_SPACE);
    const stated = colours === undefined ? undefined : view.getUint16(colours, le);
    const slot = slotOf(pointer(slotOf(exif, INTEROP)), INTEROP_INDEX);
    // Text of more than 4 bytes lies elsewhere; some writers end theirs with two zeros.
    const index = slot !== undefined && view.getUint32(slot - 4, le) > 4 ? pointer(slot) : slot;
    const isOption = index !== undefined && OPTION_FILE.equals(tiff.subarray(index, index + 3));
    return stated === IS_ADOBE_RGB || (isOption && stated !== IS_SRGB);
  } catch (error) {
    // A DataView throws beyond the block's end.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
