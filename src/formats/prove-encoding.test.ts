import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HIDDEN_PAYLOADS } from '../../tests/support/hidden-payloads.js';
import { seeded } from '../../tests/support/seeded.js';
import type { DecodedImage, ImageFormat, PixelImage } from '../core/image.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import { encoderVersions, FORMATS, formatById, proveEncoding } from './index.js';

const limits = DEFAULT_LIMITS;
const writable = FORMATS.map(({ id }) => id).filter((id) => id !== 'heic');

/** Blotches and noise, so that every code of every length occurs. */
function picture(
  width: number,
  height: number,
  channels: 3 | 4,
  alpha: (x: number) => number = () => 255,
): PixelImage {
  const random = seeded(width * 31 + height);
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const level = 120 + 60 * Math.sin(x / 9) * Math.cos(y / 7) + (y > height / 2 ? random() * 60 : 0);
    data.set([level, level * 0.8, level * 0.6], i * channels);
    if (channels === 4) data[i * 4 + 3] = alpha(x);
  }
  return { width, height, channels, data };
}

const image = (...pixels: readonly PixelImage[]): DecodedImage => ({
  format: 'png',
  frames: pixels.map((p, i) => ({ pixels: p, ...(pixels.length > 1 && { delay: 70 + 55 * i }) })),
  ...(pixels.length > 1 && { loop: 2 }),
});

async function written(id: ImageFormat, what: DecodedImage): Promise<Buffer> {
  const format = formatById(id);
  if (!format.encode) throw new Error('Expected a format that can be written');
  return Buffer.from(await format.encode(what, { limits }));
}

const prove = (id: ImageFormat, bytes: Uint8Array, versions = encoderVersions(id)) =>
  proveEncoding(bytes, formatById(id), limits, versions);

/** @returns the names of parts that may not be there */
const walked = (id: ImageFormat, bytes: Uint8Array) =>
  formatById(id)
    .walk(bytes)
    .filter(({ allowed }) => !allowed)
    .map(({ name }) => name);

describe('proveEncoding', () => {
  const half = (x: number) => (x < 20 ? 0 : 255);
  const STILL: readonly (readonly [string, PixelImage])[] = [
    ['a photo', picture(203, 149, 3)],
    ['one pixel', picture(1, 1, 3)],
    ['one block', picture(8, 8, 3)],
    ['transparency', picture(64, 48, 4, half)],
    ['an alpha channel that hides nothing', picture(64, 48, 4)],
  ];
  it.each(writable.flatMap((id) => STILL.map(([what, pixels]) => [id, what, pixels] as const)))(
    '%s: holds for %s that this tool wrote',
    async (id, _what, pixels) => {
      const bytes = await written(id, image(pixels));
      expect(await prove(id, bytes)).toMatchObject({ status: 'not-found' });
    },
  );

  it.each(['gif', 'webp', 'tiff'] as const)(
    '%s: holds for several frames, transparent or not',
    async (id) => {
      const opaque = picture(64, 48, 4);
      for (const second of [picture(64, 48, 4), picture(64, 48, 4, half)]) {
        const bytes = await written(id, image(opaque, second, opaque));
        expect(await prove(id, bytes)).toMatchObject({ status: 'not-found' });
        expect(walked(id, bytes)).toEqual([]);
      }
    },
  );

  it('webp: holds for frames of several sizes', async () => {
    const bytes = await written('webp', image(picture(40, 30, 3), picture(64, 48, 3)));
    expect(await prove('webp', bytes)).toMatchObject({ status: 'not-found' });
  });

  it.each(HIDDEN_PAYLOADS.map((payload) => [payload.format, payload.name, payload] as const))(
    '%s: finds %s, which the container walk lets through',
    async (id, _name, payload) => {
      const clean = await written(id, image(picture(203, 149, 3)));
      const dirty = payload.plant(clean);
      expect(walked(id, dirty)).toEqual([]);
      expect(await prove(id, dirty)).toMatchObject({ status: 'found' });
    },
  );

  it.each(writable)('%s: finds the same picture written by another encoder', async (id) => {
    const raw = picture(203, 149, 3);
    const other = await sharp(raw.data, { raw })
      .toFormat(id, { effort: 5, compressionLevel: 9, quality: 94 })
      .toBuffer();
    expect(await prove(id, other)).toMatchObject({ status: 'found' });
  });

  it('says "could not tell" of other bytes when other versions wrote them, and which', async () => {
    const [payload] = HIDDEN_PAYLOADS.filter(({ format }) => format === 'png');
    const clean = await written('png', image(picture(20, 20, 3)));
    const dirty = payload?.plant(clean) ?? clean;
    const then = { ...encoderVersions('png'), png: '1.0.0' };
    const answer = await prove('png', dirty, then);
    expect(answer.status).toBe('could-not-tell');
    expect(answer.details).toMatchObject({
      id: 'encoding-proof/other-versions',
      values: { versions: expect.stringContaining('png 1.0.0, here') as string },
    });
    expect(await proveEncoding(dirty, formatById('png'), limits, undefined)).toMatchObject({
      status: 'could-not-tell',
    });
    // The same bytes need no versions.
    expect(await prove('png', clean, then)).toMatchObject({ status: 'not-found' });
  });

  it('says "could not tell" of a format that is not written, and when time runs out', async () => {
    const bytes = await written('png', image(picture(2000, 1500, 3)));
    expect(await proveEncoding(bytes, formatById('heic'), limits, {})).toMatchObject({
      status: 'could-not-tell',
    });
    const small = { ...limits, maxPixels: 10 };
    expect(await proveEncoding(bytes, formatById('png'), small, encoderVersions('png'))).toMatchObject({
      status: 'could-not-tell',
    });
  });
});

describe('avif', () => {
  it('gives the same bytes however many threads the process may use', async () => {
    const pixels = image(picture(600, 500, 3));
    const before = sharp.concurrency();
    const files: Buffer[] = [];
    for (const threads of [1, 4]) {
      sharp.concurrency(threads);
      files.push(await written('avif', pixels));
      expect(sharp.concurrency()).toBe(threads);
    }
    sharp.concurrency(before);
    expect(files[0]?.equals(files[1] as Buffer)).toBe(true);
  });

  it('comes back as it was, pixel for pixel', async () => {
    for (const pixels of [picture(203, 149, 3), picture(64, 48, 4, (x) => (x * 4) % 256)]) {
      const back = await formatById('avif').decode(await written('avif', image(pixels)), limits);
      expect(Buffer.compare(back.frames[0]!.pixels.data, pixels.data)).toBe(0);
    }
  });
});
