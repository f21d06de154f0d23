/**
 * Writes TIFF structures: EXIF blocks and whole TIFF files. Little endian, every offset from the start.
 * Source: TIFF 6.0 (Adobe 1992), sections 2 and 8; Exif 2.32, section 4.6.
 */

const SIZES = { byte: 1, ascii: 1, short: 2, long: 4, rational: 8, undefined: 1 };
const CODES = { byte: 1, ascii: 2, short: 3, long: 4, rational: 5, undefined: 7 };

/** Text that ends in a zero byte, as tags want it. */
const ascii = (text) => Buffer.from(`${text}\0`, 'latin1');

/**
 * One tag of a directory.
 * @param value text for "ascii"; a Buffer for "byte" and "undefined"; numbers, or [numerator, denominator] pairs
 */
export const tag = (id, type, value) => ({ id, type, value });

/** A tag that points to another directory. */
export const subDirectory = (id, entries) => ({ id, directory: entries });

/** A tag that points to bytes anywhere in the file, such as a strip of pixels or a thumbnail. */
export const pointer = (id, bytes) => ({ id, bytes });

function encodeValue({ type, value }) {
  if (type === 'ascii') return ascii(value);
  if (Buffer.isBuffer(value)) return value;
  const numbers = [value].flat(2);
  const step = type === 'short' ? 2 : 4;
  const out = Buffer.alloc(numbers.length * step);
  numbers.forEach((n, i) => (step === 2 ? out.writeUInt16LE(n, i * 2) : out.writeUInt32LE(n, i * 4)));
  return out;
}

/** A whole structure: the header and a chain of directories, each an array of tags. */
export function tiffStructure(directories) {
  const header = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  const pieces = [header];
  let length = header.length;
  const append = (bytes) => {
    const start = length;
    const even = bytes.length % 2 === 1 ? Buffer.concat([bytes, Buffer.alloc(1)]) : bytes;
    pieces.push(even);
    length += even.length;
    return start;
  };

  const writeDirectory = (entries) => {
    const sorted = [...entries].sort((a, b) => a.id - b.id);
    const table = Buffer.alloc(2 + sorted.length * 12 + 4);
    const start = append(table);
    table.writeUInt16LE(sorted.length, 0);
    sorted.forEach((entry, i) => {
      const at = 2 + i * 12;
      table.writeUInt16LE(entry.id, at);
      if (entry.directory || entry.bytes) {
        table.writeUInt16LE(CODES.long, at + 2);
        table.writeUInt32LE(1, at + 4);
        const target = entry.directory ? writeDirectory(entry.directory).start : append(entry.bytes);
        table.writeUInt32LE(target, at + 8);
        return;
      }
      const data = encodeValue(entry);
      table.writeUInt16LE(CODES[entry.type], at + 2);
      table.writeUInt32LE(data.length / SIZES[entry.type], at + 4);
      if (data.length <= 4) data.copy(table, at + 8);
      else table.writeUInt32LE(append(data), at + 8);
    });
    return { start, setNext: (offset) => table.writeUInt32LE(offset, table.length - 4) };
  };

  let previous;
  for (const entries of directories) {
    const written = writeDirectory(entries);
    previous?.setNext(written.start);
    previous = written;
  }
  return Buffer.concat(pieces);
}

/** The tags of one uncompressed RGB page; `extra` is added to them. */
export function rgbPage({ width, height, data }, extra = []) {
  return [
    tag(256, 'long', width),
    tag(257, 'long', height),
    tag(258, 'short', [8, 8, 8]),
    tag(259, 'short', 1), // no compression
    tag(262, 'short', 2), // RGB
    pointer(273, data),
    tag(277, 'short', 3),
    tag(278, 'long', height),
    tag(279, 'long', data.length),
    ...extra,
  ];
}

const dms = (degrees, minutes, seconds) => [
  [degrees, 1],
  [minutes, 1],
  [seconds * 100, 100],
];

/** A place in the middle of the Sahara, with a planted name for the area. */
export const gpsTags = (area) => [
  tag(0, 'byte', Buffer.from([2, 3, 0, 0])),
  tag(1, 'ascii', 'N'),
  tag(2, 'rational', dms(23, 26, 9.42)),
  tag(3, 'ascii', 'E'),
  tag(4, 'rational', dms(11, 59, 3.17)),
  tag(28, 'undefined', Buffer.concat([Buffer.from('ASCII\0\0\0'), Buffer.from(area)])),
  tag(29, 'ascii', '2021:03:04'),
];

/**
 * An EXIF block as a phone writes it, without the "Exif\0\0" in front.
 * @param plants the secrets: make, model, artist, serial, makerNote, comment, gpsArea; `time` as "2021:03:04 05:06:07"
 * @param options.orientation 1–8
 * @param options.thumbnail a small JPEG
 */
export function exifBlock(plants, { orientation = 1, thumbnail } = {}) {
  const first = [
    tag(271, 'ascii', plants.make),
    tag(272, 'ascii', plants.model),
    tag(274, 'short', orientation),
    tag(305, 'ascii', 'PLANTED-SOFTWARE 1.0'),
    tag(306, 'ascii', plants.time),
    tag(315, 'ascii', plants.artist),
    subDirectory(0x8769, [
      tag(0x9003, 'ascii', plants.time),
      tag(0x9004, 'ascii', plants.time),
      tag(0x927c, 'undefined', Buffer.from(plants.makerNote)),
      tag(0x9286, 'undefined', Buffer.concat([Buffer.from('ASCII\0\0\0'), Buffer.from(plants.comment)])),
      tag(0xa431, 'ascii', plants.serial),
    ]),
    subDirectory(0x8825, gpsTags(plants.gpsArea)),
  ];
  if (!thumbnail) return tiffStructure([first]);
  return tiffStructure([
    first,
    [tag(259, 'short', 6), pointer(0x0201, thumbnail), tag(0x0202, 'long', thumbnail.length)],
  ]);
}
