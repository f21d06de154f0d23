import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { DecodedImage, PixelImage } from '../../core/image.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { tiffFormat } from './index.js';
import { readTiff } from './read-tiff.js';
import { writeTiff } from './write-tiff.js';

const limits = DEFAULT_LIMITS;
const page = (width: number, height: number, channels: 3 | 4): PixelImage => ({
  width,
  height,
  channels,
  data: Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256),
});
const image = (...pages: PixelImage[]): DecodedImage => ({
  format: 'tiff',
  frames: pages.map((pixels) => ({ pixels })),
});
const encode = (...pages: PixelImage[]): Promise<Uint8Array> =>
  tiffFormat.encode?.(image(...pages), { limits }) ?? Promise.reject(new Error('no encoder'));

/** A little-endian TIFF of one directory, with no values outside it. */
function tinyTiff(entries: readonly (readonly [tag: number, value: number])[], next = 0): Uint8Array {
  const bytes = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  bytes.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, value], i) => {
    bytes.writeUInt16LE(tag, 10 + i * 12);
    bytes.writeUInt16LE(4, 12 + i * 12);
    bytes.writeUInt32LE(1, 14 + i * 12);
    bytes.writeUInt32LE(value, 18 + i * 12);
  });
  bytes.writeUInt32LE(next, bytes.length - 4);
  return bytes;
}

describe('writeTiff', () => {
  it.each([3, 4] as const)('gives back the same pixels with %i channels', async (channels) => {
    const pixels = page(7, 5, channels);
    const bytes = await writeTiff([pixels], 10);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([7, 5, channels]);
    expect(new Uint8Array(data)).toEqual(pixels.data);
  });

  it('writes the same bytes for the same pixels, in several strips', async () => {
    const pixels = page(1000, 800, 3);
    const bytes = await writeTiff([pixels], 10);
    expect(Buffer.compare(bytes, await writeTiff([pixels], 10))).toBe(0);
    expect(Buffer.compare(await sharp(bytes).raw().toBuffer(), pixels.data)).toBe(0);
  });

  it('stops when its time is over', async () => {
    await expect(writeTiff([page(4, 4, 3)], -1)).rejects.toMatchObject({ code: 'timeout', stage: 'encode' });
  });
});

describe('walk', () => {
  it('allows every part of a written file, and the parts cover it without gaps', async () => {
    const bytes = await encode(page(7, 5, 3), page(3, 2, 3));
    const parts = tiffFormat.walk(bytes);
    expect(parts.filter((part) => !part.allowed)).toEqual([]);
    expect(parts.reduce((at, part) => (part.offset === at ? at + part.length : NaN), 0)).toBe(bytes.length);
  });

  it('does not allow bytes after the end, or in the padding of a value', async () => {
    const bytes = await encode(page(7, 5, 3));
    const longer = Buffer.concat([bytes, Buffer.from('secret')]);
    expect(tiffFormat.walk(longer).at(-1)).toMatchObject({ name: 'trailing', length: 6, allowed: false });
    const orientation = readTiff(bytes).directories[0]?.entries.find((e) => e.tag === 274);
    const stuffed = Uint8Array.from(bytes);
    stuffed[(orientation?.valueOffset ?? 0) + 2] = 65;
    expect(
      tiffFormat
        .walk(stuffed)
        .filter((p) => !p.allowed)
        .map((p) => p.name),
    ).toEqual(['IFD0/tag 274']);
  });

  it('finds what a tag reveals', () => {
    const bytes = tinyTiff([[256, 1], [271, 0], [306, 0], [315, 0], [34853, 0], [65000, 1]]); // prettier-ignore
    const found = tiffFormat.walk(bytes).flatMap((p) => p.finding ?? []);
    expect(found.map((f) => [f.field, f.group])).toEqual([
      ['Make', 'device'],
      ['DateTime', 'time'],
      ['Artist', 'person'],
      ['GPS', 'place'],
      ['tag 65000', 'other'],
    ]);
  });

  it('calls a reduced-resolution page a preview', () => {
    const bytes = tinyTiff([[254, 1], [256, 1], [257, 1]]); // prettier-ignore
    expect(tiffFormat.walk(bytes).find((p) => p.name === 'IFD0')?.finding).toEqual({
      part: 'tiff:IFD0',
      group: 'preview',
      identifying: true,
    });
  });

  it('reports a loop and an offset beyond the file', () => {
    const loop = tiffFormat.walk(tinyTiff([[256, 1]], 8));
    expect(loop.at(-1)).toMatchObject({ name: 'malformed', allowed: false });
    const beyond = tiffFormat.walk(tinyTiff([[256, 1]], 9999));
    expect(beyond.at(-1)).toMatchObject({ name: 'malformed', allowed: false });
  });
});

describe('decode', () => {
  it('gives every page in its own size', async () => {
    const pages = [page(7, 5, 3), page(3, 2, 3)];
    const decoded = await tiffFormat.decode(await encode(...pages), limits);
    expect(decoded.frames.map(({ pixels }) => ({ ...pixels, data: Uint8Array.from(pixels.data) }))).toEqual(
      pages,
    );
  });

  it('gives all pages an alpha channel when one has it', async () => {
    const decoded = await tiffFormat.decode(await encode(page(2, 2, 4), page(2, 1, 3)), limits);
    expect(decoded.frames.map((f) => f.pixels.channels)).toEqual([4, 4]);
    expect([...(decoded.frames[1]?.pixels.data ?? [])]).toEqual([0, 37, 74, 255, 111, 148, 185, 255]);
  });

  it.each([
    ['too-many-pixels', tinyTiff([[256, 100_000], [257, 100_000]])],
    ['malformed', tinyTiff([[256, 1], [257, 1]], 8)],
    ['malformed', tinyTiff([[256, 0], [257, 1]])],
    ['unsupported-format', tinyTiff([[256, 1], [257, 1], [262, 32803]])],
  ])('refuses with %s', async (code, bytes) => {
    await expect(tiffFormat.decode(bytes, limits)).rejects.toMatchObject({ code, stage: 'decode' });
  }); // prettier-ignore

  it('refuses more pages than the limit', async () => {
    const bytes = await encode(page(1, 1, 3), page(1, 1, 3));
    await expect(tiffFormat.decode(bytes, { ...limits, maxFrames: 1 })).rejects.toMatchObject({ code: 'too-many-frames' }); // prettier-ignore
  });
});
