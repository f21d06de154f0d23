/** OBU types that carry pixels: sequence header, temporal delimiter, frame header, tile group, frame (AV1 section 5.5–5.11). */
const PIXEL_TYPES = new Set([1, 2, 3, 4, 6, 7]);

/**
 * Whether a stretch of AV1 data holds open bitstream units that carry pixels and no others: metadata units
 * (ITU-T T.35 messages), padding and unknown units can hide anything. True for an empty stretch.
 */
export function holdsOnlyPixels(bytes: Uint8Array, start: number, end: number): boolean {
  if (end > bytes.length) return false;
  let at = start;
  while (at < end) {
    const header = bytes[at] as number;
    const [forbidden, type, extension, sized] = [header & 0x80, (header >> 3) & 15, header & 4, header & 2];
    if (forbidden || !PIXEL_TYPES.has(type)) return false;
    at += extension ? 2 : 1;
    if (!sized) return at <= end;
    let size = 0;
    for (let i = 0; ; i++) {
      if (i === 5 || at >= end) return false;
      const byte = bytes[at++] as number;
      size += (byte & 0x7f) * 2 ** (7 * i);
      if (!(byte & 0x80)) break;
    }
    at += size;
  }
  return at === end;
}
