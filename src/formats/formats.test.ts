import { existsSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { DecodedImage, PixelImage } from '../core/image.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import type { ImageFormatPlugin } from './contract.js';
import { FORMATS, formatById, sniffFormat } from './index.js';

const limits = DEFAULT_LIMITS;
const writable = FORMATS.filter((format) => 'encode' in format).map((format) => [format.id, format] as const);

/** Smooth colours, so that formats with loss come close. */
function gradient(width: number, height: number, channels: 3 | 4, shift = 0): PixelImage {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      data.set([(60 + x * 2 + shift) % 256, (90 + y * 2) % 256, 140], at);
      if (channels === 4) data[at + 3] = 255;
    }
  }
  return { width, height, channels, data };
}

const still = (pixels: PixelImage): DecodedImage => ({ format: 'png', frames: [{ pixels }] });

async function encode(format: ImageFormatPlugin, image: DecodedImage): Promise<Uint8Array> {
  if (!format.encode) throw new Error(`${format.id} cannot be written`);
  return format.encode(image, { limits });
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
}

/** Every byte lies in exactly one part, in file order. */
function expectTiled(format: ImageFormatPlugin, bytes: Uint8Array): void {
  let at = 0;
  for (const { offset, length } of [...format.walk(bytes)].sort((a, b) => a.offset - b.offset)) {
    expect(offset).toBe(at);
    at += length;
  }
  expect(at).toBe(bytes.length);
}

describe.each(writable)('%s', (id, format) => {
  it('has its allow-list where it is looked for', () => {
    expect(existsSync(new URL(`${id}/allow-list.ts`, import.meta.url))).toBe(true);
  });

  it('writes what it reads, with allowed parts only, and the same bytes every time', async () => {
    const source = gradient(48, 32, 3);
    const bytes = await encode(format, still(source));
    expect(sniffFormat(bytes).id).toBe(id);
    expect(format.walk(bytes).filter(({ allowed }) => !allowed)).toEqual([]);
    expectTiled(format, bytes);
    expect(Buffer.compare(bytes, await encode(format, still(source)))).toBe(0);
    const back = await format.decode(bytes, limits);
    expect(back.frames).toHaveLength(1);
    const pixels = back.frames[0]!.pixels;
    expect([pixels.width, pixels.height]).toEqual([48, 32]);
    const lossless = id !== 'jpeg' && id !== 'gif';
    const opaque = await sharp(pixels.data, { raw: pixels }).removeAlpha().raw().toBuffer();
    expect(meanDifference(opaque, source.data)).toBeLessThanOrEqual(lossless ? 0 : 4);
  });

  it('gives metadata, profiles and trailing bytes as parts that are not allowed', async () => {
    const plain = sharp(gradient(48, 32, 3).data, { raw: { width: 48, height: 32, channels: 3 } });
    const planted = plain.withExif({ IFD0: { Artist: 'SOMEBODY' } }).withIccProfile('p3');
    const bytes = await planted.toFormat(id === 'heic' ? 'jpeg' : id).toBuffer();
    const dirty = Buffer.concat([bytes, Buffer.from('TRAILING')]);
    expectTiled(format, dirty);
    const parts = format.walk(dirty).filter(({ allowed }) => !allowed);
    expect(parts.length).toBeGreaterThan(id === 'gif' ? 0 : 1);
    expect(parts.some(({ offset, length }) => offset + length === dirty.length)).toBe(true);
  });

  it('accounts for every byte of a file that is cut off anywhere, and never decodes a part of it', async () => {
    const bytes = await encode(format, still(gradient(48, 32, 3)));
    for (let share = 1; share < 10; share++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * share) / 10));
      if (cut.length === 0) continue;
      expectTiled(format, cut);
      expect(format.walk(cut).some(({ allowed }) => !allowed)).toBe(true);
      await expect(format.decode(cut, limits)).rejects.toMatchObject({ name: 'ImageDeidError' });
    }
  });

  it('refuses more pixels than allowed before it decodes them', async () => {
    const bytes = await encode(format, still(gradient(48, 32, 3)));
    await expect(format.decode(bytes, { ...limits, maxPixels: 48 * 32 - 1 })).rejects.toMatchObject({
      code: 'too-many-pixels',
    });
  });
});

describe('jpeg', () => {
  const jpeg = formatById('jpeg');

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns orientation %i upright', async (orientation) => {
    const source = gradient(48, 32, 3);
    const bytes = await sharp(source.data, { raw: source })
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const { pixels } = (await jpeg.decode(bytes, limits)).frames[0]!;
    const expected = await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });
    expect([pixels.width, pixels.height]).toEqual(orientation > 4 ? [32, 48] : [48, 32]);
    expect(Buffer.compare(pixels.data, expected.data)).toBe(0);
  });

  it.each([
    ['greyscale', (image: Sharp) => image.toColourspace('b-w').jpeg({ quality: 95 })],
    ['progressive', (image: Sharp) => image.jpeg({ quality: 95, progressive: true })],
    ['CMYK', (image: Sharp) => image.toColourspace('cmyk').jpeg({ quality: 95 })],
  ])('reads %s as sRGB', async (_what, write) => {
    const source = gradient(48, 32, 3);
    const bytes = await write(sharp(source.data, { raw: source })).toBuffer();
    const { pixels } = (await jpeg.decode(bytes, limits)).frames[0]!;
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([48, 32, 3]);
    if (_what === 'progressive') expect(meanDifference(pixels.data, source.data)).toBeLessThan(4);
  });

  it('writes the standard tables, full colour resolution, and nothing else of the encoder', async () => {
    const bytes = await encode(jpeg, still(gradient(64, 64, 3)));
    const names = jpeg.walk(bytes).map(({ name }) => name);
    expect(names.filter((name) => /^APP|COM/.test(name) && name !== 'APP0')).toEqual([]);
    expect((await sharp(bytes).metadata()).chromaSubsampling).toBe('4:4:4');
  });

  it('allows neither a part with a comment nor a second picture', async () => {
    const bytes = Buffer.from(await encode(jpeg, still(gradient(32, 32, 3))));
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 6]), Buffer.from('name')]);
    const dirty = Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2), bytes]);
    const left = jpeg.walk(dirty).filter(({ allowed }) => !allowed);
    expect(left.map(({ offset }) => offset)).toEqual([2, bytes.length + comment.length]);
  });
});

describe('png', () => {
  const png = formatById('png');

  it('reads 16 bits and palettes as 8-bit sRGB', async () => {
    const source = gradient(48, 32, 3);
    const deep = await sharp(source.data, { raw: source }).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const { pixels } = (await png.decode(deep, limits)).frames[0]!;
    expect(meanDifference(pixels.data, source.data)).toBeLessThan(1);
    const palette = await sharp(source.data, { raw: source }).png({ palette: true, colours: 8 }).toBuffer();
    expect((await png.decode(palette, limits)).frames[0]!.pixels.channels).toBe(3);
  });

  it('keeps transparency', async () => {
    const source = gradient(16, 16, 4);
    source.data[3] = 77;
    const back = await png.decode(await encode(png, still(source)), limits);
    expect(Buffer.compare(back.frames[0]!.pixels.data, source.data)).toBe(0);
  });

  it('refuses an animated PNG by name', async () => {
    const bytes = Buffer.from(await encode(png, still(gradient(8, 8, 3))));
    const control = Buffer.alloc(20);
    control.writeUInt32BE(8, 0);
    control.write('acTL', 4, 'latin1');
    control.writeUInt32BE(2, 8);
    const animated = Buffer.concat([bytes.subarray(0, 33), control, bytes.subarray(33)]);
    await expect(png.decode(animated, limits)).rejects.toMatchObject({ name: 'ImageDeidError' });
  });
});

describe.each(['gif', 'webp'] as const)('animated %s', (id) => {
  const format = formatById(id);
  const frames = [0, 40, 40, 90].map((shift, i) => ({
    pixels: gradient(24, 16, 4, shift),
    delay: 100 + i * 50,
  }));
  const animation: DecodedImage = { format: id, frames, loop: 3 };

  it('keeps every frame, even one that repeats, with its time and the number of loops', async () => {
    const bytes = await encode(format, animation);
    expect(format.walk(bytes).filter(({ allowed }) => !allowed)).toEqual([]);
    expectTiled(format, bytes);
    const back = await format.decode(bytes, limits);
    expect(back.frames.map(({ delay }) => delay)).toEqual([100, 150, 200, 250]);
    expect(back.loop).toBe(3);
    for (const [i, { pixels }] of back.frames.entries()) {
      const bare = await sharp(pixels.data, { raw: pixels }).removeAlpha().raw().toBuffer();
      const expected = await sharp(frames[i]!.pixels.data, { raw: frames[i]!.pixels })
        .removeAlpha()
        .raw()
        .toBuffer();
      expect(meanDifference(bare, expected)).toBeLessThan(id === 'webp' ? 1e-9 : 4);
    }
  });

  it('refuses more frames than allowed', async () => {
    const bytes = await encode(format, animation);
    await expect(format.decode(bytes, { ...limits, maxFrames: 3 })).rejects.toMatchObject({
      code: 'too-many-frames',
    });
  });
});

describe('sniffFormat', () => {
  it('says what a file is when it is not a photo', () => {
    expect(() => sniffFormat(Buffer.from('%PDF-1.7 and so on'))).toThrow(/PDF/);
    expect(() => sniffFormat(Buffer.from('Dear colleague'))).toThrow(
      expect.objectContaining({ code: 'not-an-image' }) as Error,
    );
  });
});
