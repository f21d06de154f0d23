/** One marker of a JPEG stream with what belongs to it, or a stretch between markers. */
export interface Segment {
  /** "SOI", "APP1", "DQT", "SOF0", "SOS", "scan", "EOI", "fill", "malformed", …; see ITU-T T.81, table B.1. */
  readonly name: string;
  /** Byte offset of the marker's 0xFF. */
  readonly offset: number;
  /** In bytes, marker included. */
  readonly length: number;
  /** Start of what follows marker and length field; the end for markers without any. */
  readonly content: number;
}

const NAMES: Readonly<Record<number, string>> = {
  0xc4: 'DHT', 0xc8: 'JPG', 0xcc: 'DAC', 0xd8: 'SOI', 0xd9: 'EOI', 0xda: 'SOS', 0xdb: 'DQT', 0xdc: 'DNL', 0xdd: 'DRI',
  0xde: 'DHP', 0xdf: 'EXP', 0xfe: 'COM', 0x01: 'TEM',
}; // prettier-ignore

/** The segments of a JPEG up to its first EOI or the first damage; empty when it does not begin with SOI. */
export function readSegments(bytes: Uint8Array): Segment[] {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return [];
  const segments: Segment[] = [{ name: 'SOI', offset: 0, length: 2, content: 2 }];
  let at = 2;
  while (at < bytes.length) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) return [...segments, malformed(bytes, at)];
    if (marker === 0xff) {
      // T.81 B.1.1.2: any number of 0xFF may precede a marker.
      let end = at;
      while (bytes[end + 1] === 0xff) end++;
      segments.push({ name: 'fill', offset: at, length: end - at, content: at });
      at = end;
      continue;
    }
    const segment = readSegment(bytes, at, marker);
    if (!segment) return [...segments, malformed(bytes, at)];
    segments.push(segment);
    at += segment.length;
    if (segment.name === 'EOI') return segments;
    if (segment.name === 'SOS') {
      const end = endOfScan(bytes, at);
      if (end > at) segments.push({ name: 'scan', offset: at, length: end - at, content: at });
      at = end;
    }
  }
  // The end came before EOI: an empty part says so.
  return [...segments, malformed(bytes, bytes.length)];
}

function readSegment(bytes: Uint8Array, offset: number, marker: number): Segment | undefined {
  const name = nameOf(marker);
  if (marker === 0xd9 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
    return { name, offset, length: 2, content: offset + 2 };
  }
  if (marker === 0x00 || marker === 0xd8 || offset + 4 > bytes.length) return undefined;
  const length = ((bytes[offset + 2] as number) << 8) | (bytes[offset + 3] as number);
  if (length < 2 || offset + 2 + length > bytes.length) return undefined;
  return { name, offset, length: length + 2, content: offset + 4 };
}

function nameOf(marker: number): string {
  if (marker >= 0xe0 && marker <= 0xef) return `APP${marker - 0xe0}`;
  if (marker >= 0xd0 && marker <= 0xd7) return `RST${marker - 0xd0}`;
  return (
    NAMES[marker] ??
    (marker >= 0xc0 && marker <= 0xcf ? `SOF${marker - 0xc0}` : `marker ${marker.toString(16)}`)
  );
}

/** Entropy-coded data ends before the first marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0x00 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function malformed(bytes: Uint8Array, offset: number): Segment {
  return { name: 'malformed', offset, length: bytes.length - offset, content: offset };
}
