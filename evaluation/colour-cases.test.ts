import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { pointer, rgbPage, tag, tiffStructure, type Tag } from '../samples/tiff-structure.mjs';
import { pngChunk, withPngChunks } from '../samples/chunked-files.mjs';
import { exifSegment, withSegments } from '../samples/jpeg-segments.mjs';
import { DEFAULT_LIMITS } from '../src/core/limits.js';
import { sniffFormat } from '../src/formats/index.js';
import { ciede2000, srgbToLab } from '../src/utility/colour-difference.js';
import { adobeExif, colourCases, type ColourCase } from './support/colour-cases.ts';

const [WIDTH, HEIGHT] = [36, 24];
/** Skin of all tones, inflamed skin, pigment, a green drape, grey and white. */
const COLOURS = [
  [244, 214, 196], [224, 172, 150], [198, 134, 96], [141, 85, 54], [92, 58, 42], [60, 38, 28], [200, 120, 110],
  [196, 86, 78], [105, 62, 50], [48, 36, 60], [30, 110, 95], [128, 128, 128], [20, 20, 20], [250, 250, 250],
]; // prettier-ignore
const picture = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const index = Math.floor((pixel % WIDTH) / 6) + 6 * Math.floor(pixel / WIDTH / 8);
    return (COLOURS[index % COLOURS.length] as number[])[i % 3] as number;
  }),
};

async function decoded(bytes: Uint8Array) {
  const { frames } = await sniffFormat(bytes).decode(bytes, DEFAULT_LIMITS);
  return frames[0]!.pixels;
}

/** The largest and the mean ΔE2000 to the picture. */
async function differences(bytes: Uint8Array): Promise<{ largest: number; mean: number }> {
  const { data, channels } = await decoded(bytes);
  expect(data.length).toBe(WIDTH * HEIGHT * channels);
  const lab = (of: Uint8Array, at: number) => srgbToLab(of[at]!, of[at + 1]!, of[at + 2]!);
  const all = Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    ciede2000(lab(picture.data, i * 3), lab(data, i * channels)),
  );
  return { largest: Math.max(...all), mean: all.reduce((sum, v) => sum + v, 0) / all.length };
}

describe('colours that are not sRGB', () => {
  let cases: ColourCase[];
  beforeAll(async () => {
    cases = await colourCases(picture);
  });

  it('come out as a colour-managed viewer shows them, whatever says what they are', async () => {
    const wrong: string[] = [];
    for (const { name, bytes } of cases) {
      const { largest, mean } = await differences(bytes);
      if (largest > 2 || mean > 0.6) wrong.push(`${name}: mean ${mean.toFixed(2)}, largest ${largest.toFixed(2)}`);
    } // prettier-ignore
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(20);
  });
});

describe('Adobe RGB by EXIF', () => {
  const jpeg = (segments: Buffer[]) =>
    sharp(picture.data, { raw: { ...picture, channels: 3 } })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer()
      .then((plain) => withSegments(plain, segments));

  it('is not taken from another index or a damaged block', async () => {
    for (const exif of [adobeExif('R98'), adobeExif().subarray(0, 40), Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1')]) {
      expect((await differences(await jpeg([exifSegment(exif)]))).mean).toBeLessThan(0.6);
    }
  }); // prettier-ignore

  it('is known when the index lies behind its directory, as Pillow writes it', async () => {
    const near = await jpeg([exifSegment(adobeExif())]);
    const far = await jpeg([exifSegment(adobeExif('R03\0'))]);
    expect(Buffer.compare((await decoded(near)).data, (await decoded(far)).data)).toBe(0);
    const plain = await jpeg([]);
    expect(Buffer.compare((await decoded(near)).data, (await decoded(plain)).data)).not.toBe(0);
  });

  it('yields to a profile', async () => {
    const managed = await sharp(picture.data, { raw: { ...picture, channels: 3 } })
      .withIccProfile('p3')
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const { mean } = await differences(withSegments(managed, [exifSegment(adobeExif())]));
    expect(mean).toBeLessThan(0.6);
  });
});

describe('numbers without an agreed meaning are refused by name', () => {
  const refusal = (id: string) => ({ code: 'unsupported-format', stage: 'decode', finding: { id } });
  const page = (bits: number, extra: Tag[], data: Buffer, photometric = 1) =>
    tiffStructure([
      [
        ...rgbPage({ width: 8, height: 4, data }, extra).filter(({ id }) => ![258, 262, 273, 277].includes(id)),
        tag(258, 'short', bits),
        tag(262, 'short', photometric),
        tag(277, 'short', 1),
        pointer(273, data),
      ],
    ]); // prettier-ignore
  const shorts = (most: number) => Buffer.from(Uint16Array.from({ length: 32 }, (_, i) => (most * i) / 31).buffer); // prettier-ignore

  it.each([
    ['12 bits in a 16-bit TIFF', page(16, [], shorts(4095)), 'few-bits'],
    ['14 bits in a 16-bit TIFF', page(16, [], shorts(16_383)), 'few-bits'],
    ['a float TIFF', page(32, [tag(339, 'short', 3)], Buffer.alloc(128)), 'tiff-samples'],
    ['a signed TIFF', page(16, [tag(339, 'short', 2)], shorts(32_767)), 'tiff-samples'],
    ['a TIFF of 32 bits', page(32, [], Buffer.alloc(128)), 'tiff-samples'],
    ['a packed TIFF of 12 bits', page(12, [], Buffer.alloc(48)), 'tiff-samples'],
    ['a LogLuv TIFF', page(16, [], shorts(65_535), 32_845), 'tiff-colours'],
    ['an ICC L*a*b* TIFF', page(8, [], Buffer.alloc(32), 9), 'tiff-colours'],
  ])('%s', async (_what, bytes, id) => {
    await expect(decoded(bytes)).rejects.toMatchObject(refusal(`error/unsupported-format/${id}`));
  });

  it('but 16 bits that are used, and a page that is black, are pictures', async () => {
    const { data } = await decoded(page(16, [], shorts(65_535)));
    expect([data[0], data[31 * 3]]).toEqual([0, 255]);
    expect((await decoded(page(16, [], Buffer.alloc(64)))).data.every((v) => v === 0)).toBe(true);
  });

  it('12 bits in a 16-bit PNG', async () => {
    const bytes = await sharp(new Uint16Array(shorts(4095).buffer), { raw: { width: 8, height: 4, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    await expect(decoded(bytes)).rejects.toMatchObject(refusal('error/unsupported-format/few-bits'));
  }); // prettier-ignore

  const plain = () => sharp(picture.data, { raw: { ...picture, channels: 3 } }).png().toBuffer(); // prettier-ignore
  const stated = async (...points: number[]) =>
    withPngChunks(await plain(), [pngChunk('cICP', Buffer.from(points))]);

  it('reserved code points, a matrix that a PNG cannot have, and primaries without a triangle', async () => {
    const flat = Buffer.alloc(32);
    const files = [await stated(3, 1, 0, 1), await stated(1, 9, 0, 1), await stated(9, 16, 9, 1)];
    files.push(withPngChunks(await plain(), [pngChunk('cHRM', flat)]));
    for (const bytes of files) {
      await expect(decoded(bytes)).rejects.toMatchObject(refusal('error/unsupported-format/colour-space'));
    }
  });

  it('high dynamic range of which much is brighter than white', async () => {
    await expect(decoded(await stated(9, 16, 0, 1))).rejects.toMatchObject(
      refusal('error/unsupported-format/hdr-brightness'),
    );
  });
});

describe('16-bit grey', () => {
  it('is converted by its profile', async () => {
    const values = Uint16Array.from({ length: 32 }, (_, i) => i * 2114);
    const bytes = await sharp(values, { raw: { width: 8, height: 4, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();

    const icc = Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(greyProfile(1))]);
    const { data } = await decoded(withPngChunks(bytes, [pngChunk('iCCP', icc)]));
    // Half of the light is 188 in sRGB.
    expect(Math.abs(data[15 * 3]! - 185)).toBeLessThanOrEqual(3);
  });
});

/** A grey ICC profile (ICC.1:2022) with a power curve. */
function greyProfile(gamma: number): Buffer {
  const xyz = (x: number, y: number, z: number) => {
    const out = Buffer.alloc(20);
    out.write('XYZ ', 0, 'latin1');
    [x, y, z].forEach((v, i) => out.writeInt32BE(Math.round(v * 65_536), 8 + i * 4));
    return out;
  };
  const curve = Buffer.alloc(16);
  curve.write('curv', 0, 'latin1');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const text = Buffer.alloc(28);
  text.write('text', 0, 'latin1');
  text.write('nothing', 8, 'latin1');
  const description = Buffer.alloc(108);
  description.write('desc', 0, 'latin1');
  description.writeUInt32BE(5, 8);
  description.write('grey', 12, 'latin1');
  const tags = { wtpt: xyz(0.9642, 1, 0.8249), kTRC: curve, cprt: text, desc: description };
  const table = Buffer.alloc(4 + 12 * 4);
  table.writeUInt32BE(4, 0);
  let offset = 128 + table.length;
  Object.entries(tags).forEach(([name, body], i) => {
    table.write(name, 4 + i * 12, 'latin1');
    table.writeUInt32BE(offset, 8 + i * 12);
    table.writeUInt32BE(body.length, 12 + i * 12);
    offset += body.length;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(offset, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrGRAYXYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  [0.9642, 1, 0.8249].forEach((v, i) => header.writeInt32BE(Math.round(v * 65_536), 68 + i * 4));
  return Buffer.concat([header, table, ...Object.values(tags)]);
}
