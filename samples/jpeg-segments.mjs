/** Puts segments into a JPEG file, as cameras, phones and editors do. Source: ITU-T T.81, annex B. */
import { createHash } from 'node:crypto';

const EXTENDED_XMP_PART = 400;

/** One marker segment: FF, the marker, the length, the body. */
export function segment(marker, body) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** The JPEG with segments right behind its start, and bytes behind its end. */
export function withSegments(jpeg, segments, trailing = Buffer.alloc(0)) {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2), trailing]);
}

export const exifSegment = (block) =>
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]));

export const commentSegment = (text) => segment(0xfe, Buffer.from(text));

/** An RDF packet with one property of Dublin Core and what else is given. */
export const xmpPacket = (description, attributes = '') =>
  Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ` +
      `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" ` +
      `xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" ${attributes}>` +
      `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${description}</rdf:li></rdf:Alt></dc:description>` +
      `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  );

export const xmpSegment = (packet) =>
  segment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1'), packet]));

/** The main packet and the extended one in parts (XMP specification part 3, 1.1.3.1). */
export function extendedXmpSegments(main, extended) {
  const guid = createHash('md5').update(extended).digest('hex').toUpperCase();
  const parts = [];
  for (let offset = 0; offset < extended.length; offset += EXTENDED_XMP_PART) {
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(extended.length, 0);
    numbers.writeUInt32BE(offset, 4);
    const head = Buffer.from(`http://ns.adobe.com/xmp/extension/\0${guid}`, 'latin1');
    parts.push(
      segment(0xe1, Buffer.concat([head, numbers, extended.subarray(offset, offset + EXTENDED_XMP_PART)])),
    );
  }
  return [xmpSegment(xmpPacket(main, `xmpNote:HasExtendedXMP="${guid}"`)), ...parts];
}

/** Photoshop's resource block with IPTC: by-line (2:80), city (2:90) and caption (2:120). */
export function iptcSegment({ byline, city, caption }) {
  const dataset = (number, text) => {
    const head = Buffer.from([0x1c, 2, number, 0, 0]);
    head.writeUInt16BE(text.length, 3);
    return Buffer.concat([head, Buffer.from(text, 'latin1')]);
  };
  const iptc = Buffer.concat([dataset(80, byline), dataset(90, city), dataset(120, caption)]);
  const head = Buffer.alloc(12);
  head.write('8BIM', 0, 'latin1');
  head.writeUInt16BE(0x0404, 4);
  head.writeUInt32BE(iptc.length, 8);
  const padding = Buffer.alloc(iptc.length % 2);
  return segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), head, iptc, padding]));
}

/** An ICC profile that fits one segment (ICC.1:2022, annex B.4). */
export const iccSegment = (profile) =>
  segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile]));

/**
 * A JPEG with a second one behind it, listed by a multi-picture segment (CIPA DC-007). The first is given without
 * its own; offsets count from the TIFF header of that segment.
 */
export function withSecondPicture(first, second) {
  const build = (size) => {
    const body = Buffer.alloc(8 + 2 + 3 * 12 + 4 + 32);
    body.write('II*\0', 0, 'latin1');
    body.writeUInt32LE(8, 4);
    body.writeUInt16LE(3, 8);
    const entry = (i, id, type, count, value) => {
      const at = 10 + i * 12;
      body.writeUInt16LE(id, at);
      body.writeUInt16LE(type, at + 2);
      body.writeUInt32LE(count, at + 4);
      if (typeof value === 'string') body.write(value, at + 8, 'latin1');
      else body.writeUInt32LE(value, at + 8);
    };
    entry(0, 0xb000, 7, 4, '0100');
    entry(1, 0xb001, 4, 1, 2);
    entry(2, 0xb002, 7, 32, 50);
    body.writeUInt32LE(0x00030000, 50); // the first is the main picture
    body.writeUInt32LE(size, 54);
    body.writeUInt32LE(second.length, 70);
    body.writeUInt32LE(size === 0 ? 0 : size - 10, 74); // SOI, marker, length and "MPF\0" lie before the header
    return withSegments(first, [segment(0xe2, Buffer.concat([Buffer.from('MPF\0', 'latin1'), body]))]);
  };
  return Buffer.concat([build(build(0).length), second]);
}

/** A tiny MP4: a file type box and media data that hold a secret. */
export function tinyMp4(secret) {
  const box = (type, body) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length + 8);
    return Buffer.concat([size, Buffer.from(type, 'latin1'), body]);
  };
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1')),
    box('mdat', Buffer.from(secret)),
  ]);
}
