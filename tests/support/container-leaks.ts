import sharp from 'sharp';
import type { ImageFormat } from '../../src/core/image.js';
import {
  pngChunk,
  pngCompressedText,
  pngInternationalText,
  pngText,
  withGifExtensions,
  withPngChunks,
} from '../../samples/chunked-files.mjs';
import {
  commentSegment,
  exifSegment,
  extendedXmpSegments,
  iccSegment,
  iptcSegment,
  segment,
  tinyMp4,
  withSecondPicture,
  withSegments,
  xmpPacket,
  xmpSegment,
} from '../../samples/jpeg-segments.mjs';
import { gpsTags, subDirectory, tag, tiffStructure } from '../../samples/tiff-structure.mjs';

/** One way in which a container gives something away: what a careless encoder would have left in a clean file. */
export interface ContainerLeak {
  readonly name: string;
  readonly format: ImageFormat;
  plant(clean: Buffer): Buffer | Promise<Buffer>;
}

const NAME = 'MARTHA PLANTED';
const GPS = tiffStructure([[subDirectory(34853, gpsTags(NAME))]]);
const ARTIST = tiffStructure([[tag(315, 'ascii', NAME)]]);
const XMP = xmpPacket(NAME);
const C2PA = Buffer.concat([
  Buffer.from([0x4a, 0x50, 0, 1, 0, 0, 0, 1]),
  Buffer.from('\0\0\0\x20jumb'),
  Buffer.from(NAME),
]);

const jpeg = (name: string, plant: ContainerLeak['plant']): ContainerLeak => ({
  name,
  format: 'jpeg',
  plant,
});
const png = (name: string, ...chunks: readonly Buffer[]): ContainerLeak => ({
  name,
  format: 'png',
  plant: (clean) => withPngChunks(clean, chunks),
});
const webp = (name: string, type: string, body: Buffer): ContainerLeak => ({
  name,
  format: 'webp',
  plant: (clean) => withRiffChunk(clean, type, body),
});

function withRiffChunk(file: Buffer, type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  const longer = Buffer.concat([file, head, body, Buffer.alloc(body.length % 2)]);
  longer.writeUInt32LE(longer.length - 8, 4);
  return longer;
}

/** An ISOBMFF box behind all others. */
function withBox(file: Buffer, type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([file, head, body]);
}

const again = (clean: Buffer) => sharp(clean, { failOn: 'none' });

export const CONTAINER_LEAKS: readonly ContainerLeak[] = [
  jpeg('a GPS position', (clean) => withSegments(clean, [exifSegment(GPS)])),
  jpeg('an artist', (clean) => withSegments(clean, [exifSegment(ARTIST)])),
  jpeg('a thumbnail', async (clean) => {
    const thumbnail = await again(clean).resize(80).jpeg().toBuffer();
    return withSegments(clean, [segment(0xe0, Buffer.concat([Buffer.from('JFXX\0\x10'), thumbnail]))]);
  }),
  jpeg('a renamed EXIF segment', (clean) =>
    withSegments(clean, [segment(0xe7, Buffer.concat([Buffer.from('Fixe\0\0'), GPS]))]),
  ),
  jpeg('XMP', (clean) => withSegments(clean, [xmpSegment(XMP)])),
  jpeg('extended XMP', (clean) => withSegments(clean, extendedXmpSegments('main', XMP))),
  jpeg('IPTC', (clean) => withSegments(clean, [iptcSegment({ byline: NAME, city: NAME, caption: NAME })])),
  jpeg('a colour profile', (clean) => withSegments(clean, [iccSegment(Buffer.alloc(200, 7))])),
  jpeg('a comment', (clean) => withSegments(clean, [commentSegment(NAME)])),
  jpeg('a C2PA manifest', (clean) => withSegments(clean, [segment(0xeb, C2PA)])),
  jpeg('a second picture', (clean) => withSecondPicture(clean, clean)),
  jpeg('a video behind the picture', (clean) => withSegments(clean, [], tinyMp4(NAME))),
  jpeg('one byte behind the picture', (clean) => withSegments(clean, [], Buffer.from([0]))),
  png('text', pngText('Author', NAME)),
  png('compressed text', pngCompressedText('Comment', NAME)),
  png('XMP', pngInternationalText('XML:com.adobe.xmp', XMP.toString())),
  png('EXIF', pngChunk('eXIf', GPS)),
  png('a renamed EXIF chunk', pngChunk('fiXe', GPS)),
  png('a time', pngChunk('tIME', Buffer.from([7, 0xe8, 3, 14, 9, 26, 53]))),
  png('a colour profile', pngChunk('iCCP', Buffer.from('Marthas phone\0\0x\x9c\x03\0\0\0\0\x01'))),
  png('a C2PA manifest', pngChunk('caBX', C2PA)),
  png('a palette suggestion with a name', pngChunk('sPLT', Buffer.from(`${NAME}\0\x08`))),
  { name: 'a picture behind the picture', format: 'png', plant: (clean) => Buffer.concat([clean, clean]) },
  webp('EXIF', 'EXIF', GPS),
  webp('XMP', 'XMP ', XMP),
  webp('a renamed EXIF chunk', 'FIXE', GPS),
  webp('a colour profile', 'ICCP', Buffer.alloc(200, 7)),
  {
    name: 'bytes behind the picture',
    format: 'webp',
    plant: (clean) => Buffer.concat([clean, Buffer.from(NAME)]),
  },
  { name: 'a comment', format: 'gif', plant: (clean) => withGifExtensions(clean, NAME, NAME) },
  {
    name: 'bytes behind the picture',
    format: 'gif',
    plant: (clean) => Buffer.concat([clean, Buffer.from(NAME)]),
  },
  {
    name: 'an artist',
    format: 'tiff',
    plant: (clean) =>
      again(clean)
        .withExif({ IFD0: { Artist: NAME } })
        .tiff()
        .toBuffer(),
  },
  {
    name: 'bytes behind the picture',
    format: 'tiff',
    plant: (clean) => Buffer.concat([clean, Buffer.from(NAME)]),
  },
  {
    name: 'EXIF',
    format: 'avif',
    plant: (clean) =>
      again(clean)
        .withExif({ IFD0: { Artist: NAME } })
        .avif()
        .toBuffer(),
  },
  { name: 'XMP', format: 'avif', plant: (clean) => again(clean).withXmp(XMP.toString()).avif().toBuffer() },
  { name: 'a box nobody knows', format: 'avif', plant: (clean) => withBox(clean, 'uuid', Buffer.from(NAME)) },
  {
    name: 'free space that is not free',
    format: 'avif',
    plant: (clean) => withBox(clean, 'free', Buffer.from(NAME)),
  },
];
