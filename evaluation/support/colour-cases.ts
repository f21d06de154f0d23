import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { pngChunk, withPngChunks, withWebpMetadata } from '../../samples/chunked-files.mjs';
import { exifSegment, withSegments } from '../../samples/jpeg-segments.mjs';
import {
  pointer,
  rgbPage,
  subDirectory,
  tag,
  tiffStructure,
  type Tag,
} from '../../samples/tiff-structure.mjs';
import { encoded, ENCODINGS, type Encoding } from './colour-reference.ts';

/** A picture in 8-bit sRGB, interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The picture in other numbers, and a file that says what they mean. */
export interface ColourCase {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The EXIF of a camera set to Adobe RGB: ColorSpace "uncalibrated", and the DCF option file. */
export const adobeExif = (interop = 'R03') =>
  tiffStructure([
    [subDirectory(0x8769, [tag(0xa001, 'short', 0xffff), subDirectory(0xa005, [tag(1, 'ascii', interop)])])],
  ]);

const word = (...values: readonly number[]) => {
  const out = Buffer.alloc(values.length * 4);
  values.forEach((v, i) => out.writeUInt32BE(v, i * 4));
  return out;
};
const gAMA = (v: number) => pngChunk('gAMA', word(v));
const cHRM = (...v: readonly number[]) => pngChunk('cHRM', word(...v));
const cICP = (...v: readonly number[]) => pngChunk('cICP', Buffer.from(v));
const ADOBE_CHRM = cHRM(31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000);
const SRGB_CHUNK = pngChunk('sRGB', Buffer.from([0]));

type Depth = 8 | 16;

/** One file for every way of saying what colours are that is converted. */
export async function colourCases(picture: Picture): Promise<ColourCase[]> {
  const { width, height } = picture;
  const numbers = (encoding: Encoding, most: number) =>
    Uint16Array.from(encoded(picture.data, encoding), (v) => Math.round(Math.min(1, v) * most));
  const raw = (encoding: Encoding, depth: Depth): Sharp => {
    const values = numbers(encoding, 2 ** depth - 1);
    const image = sharp(depth === 8 ? Uint8Array.from(values) : values, { raw: { width, height, channels: 3 } });
    return depth === 8 ? image : image.toColourspace('rgb16');
  }; // prettier-ignore
  const png = async (name: string, encoding: Encoding, depth: Depth, ...chunks: Buffer[]) => ({
    name: `PNG, ${depth} bits, ${name}`,
    bytes: withPngChunks(await raw(encoding, depth).png().toBuffer(), chunks),
  });
  const avif = async (name: string, encoding: Encoding, bitdepth: 8 | 10 | 12, points: readonly [number, number]) => {
    const written = await raw(encoding, bitdepth === 8 ? 8 : 16)
      .avif({ lossless: true, bitdepth, chromaSubsampling: '4:4:4', effort: 0 })
      .toBuffer();
    written.set([0, points[0], 0, points[1]], written.indexOf('nclx') + 4);
    return { name: `AVIF, ${bitdepth} bits, ${name}`, bytes: written };
  }; // prettier-ignore
  const { linear, gamma22, gamma18, adobe, p3, srgb, bt2020, pq, hlg } = ENCODINGS;
  const narrow = Uint8Array.from(encoded(picture.data, srgb), (v) => Math.round(16 + 219 * v));
  const p3Profile = await iccProfile('p3');
  const adobeJpeg = await raw(adobe, 8).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
  const adobeWebp = await raw(adobe, 8).webp({ lossless: true }).toBuffer();
  const adobeRows = Buffer.from(numbers(adobe, 255));
  const deepRows = Buffer.from(numbers(p3, 65_535).buffer);
  return [
    await png('cICP: BT.2020 PQ', pq, 8, cICP(9, 16, 0, 1)),
    await png('cICP: BT.2020 PQ', pq, 16, cICP(9, 16, 0, 1)),
    await png('cICP: BT.2020 HLG', hlg, 16, cICP(9, 18, 0, 1)),
    await png('cICP: BT.2020', bt2020, 16, cICP(9, 14, 0, 1)),
    await png('cICP: linear', linear, 16, cICP(1, 8, 0, 1)),
    await png('cICP: Display P3, before iCCP, sRGB and gAMA', p3, 8, cICP(12, 13, 0, 1), await iccChunk('srgb'), SRGB_CHUNK, gAMA(100_000)), // prettier-ignore
    {
      name: 'PNG, 8 bits, cICP: sRGB in narrow range',
      bytes: withPngChunks(await sharp(narrow, { raw: { width, height, channels: 3 } }).png().toBuffer(), [cICP(1, 13, 0, 0)]), // prettier-ignore
    },
    await png('iCCP: Display P3, before gAMA and cHRM', p3, 8, await iccChunk('p3'), gAMA(100_000), ADOBE_CHRM), // prettier-ignore
    await png('iCCP: Display P3', p3, 16, await iccChunk('p3')),
    await png('sRGB, before gAMA and cHRM', srgb, 8, SRGB_CHUNK, gAMA(100_000), ADOBE_CHRM),
    await png('gAMA: 1/2.2', gamma22, 8, gAMA(45_455)),
    await png('gAMA: 1/1.8', gamma18, 8, gAMA(55_556)),
    await png('gAMA: linear', linear, 16, gAMA(100_000)),
    await png('gAMA and cHRM: Adobe RGB', adobe, 8, gAMA(45_471), ADOBE_CHRM),
    await png('EXIF: Adobe RGB', adobe, 8, pngChunk('eXIf', adobeExif())),
    { name: 'JPEG, EXIF: Adobe RGB', bytes: withSegments(adobeJpeg, [exifSegment(adobeExif())]) },
    {
      name: 'WebP, EXIF: Adobe RGB',
      bytes: withWebpMetadata(adobeWebp, { width, height, exif: adobeExif(), xmp: Buffer.alloc(0), unknown: Buffer.alloc(0) }), // prettier-ignore
    },
    {
      name: 'TIFF, EXIF: Adobe RGB',
      bytes: tiffStructure([[...rgbPage({ width, height, data: adobeRows }), ...exifTags()]]),
    },
    {
      name: 'TIFF, 16 bits, profile: Display P3',
      bytes: tiffStructure([deepPage({ width, height, data: deepRows }, [tag(34675, 'undefined', p3Profile)])]), // prettier-ignore
    },
    await avif('nclx: BT.2020 PQ', pq, 8, [9, 16]),
    await avif('nclx: BT.2020 PQ', pq, 10, [9, 16]),
    await avif('nclx: BT.2020 HLG', hlg, 10, [9, 18]),
    await avif('nclx: linear', linear, 12, [1, 8]),
    await avif('nclx: Display P3', p3, 8, [12, 13]),
  ];
}

const exifTags = () => [
  subDirectory(0x8769, [tag(0xa001, 'short', 0xffff), subDirectory(0xa005, [tag(1, 'ascii', 'R03')])]),
];

/** The tags of one uncompressed 16-bit RGB page. */
function deepPage({ width, height, data }: Picture, extra: Tag[]) {
  const others = rgbPage({ width, height, data: Buffer.from(data) }).filter(({ id }) => id !== 258 && id !== 273);
  return [...others, tag(258, 'short', [16, 16, 16]), pointer(273, Buffer.from(data)), ...extra];
} // prettier-ignore

/** A profile that libvips brings along. */
export async function iccProfile(name: 'p3' | 'srgb'): Promise<Buffer> {
  const blank = { create: { width: 1, height: 1, channels: 3, background: '#fff' } } as const;
  const { icc } = await sharp(await sharp(blank).withIccProfile(name).png().toBuffer()).metadata();
  if (!icc) throw new Error('Expected a profile');
  return icc;
}

async function iccChunk(name: 'p3' | 'srgb'): Promise<Buffer> {
  return pngChunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(await iccProfile(name))]));
} // prettier-ignore
