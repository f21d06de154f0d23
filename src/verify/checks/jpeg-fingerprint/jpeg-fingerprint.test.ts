import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.js';
import type { DecodedImage, ImageFormat, PixelImage } from '../../../core/image.js';
import { DEFAULT_LIMITS } from '../../../core/limits.js';
import { FORMATS, formatById } from '../../../formats/index.js';
import { jpegFingerprint } from './index.js';

function noise(width: number, height: number, channels: 3 | 4): PixelImage {
  const random = seeded(11);
  const data = Uint8Array.from({ length: width * height * channels }, () => Math.floor(random() * 256));
  return { width, height, channels, data };
}

function run(id: ImageFormat, staged: Uint8Array, pixels: PixelImage, output?: DecodedImage) {
  const source: DecodedImage = { format: id, frames: [{ pixels }] };
  const format = formatById(id);
  return jpegFingerprint.run({
    staged,
    format,
    limits: DEFAULT_LIMITS,
    original: source,
    cropped: source,
    source,
    detections: [],
    redactions: [],
    ...(output && { output }),
  });
}

describe('jpeg-fingerprint', () => {
  const written = FORMATS.filter((format) => 'encode' in format).map(({ id }) => id);

  it('takes a PNG for the tool’s own whose transparent parts were all covered', async () => {
    const png = formatById('png');
    const opaque: DecodedImage = { format: 'png', frames: [{ pixels: noise(40, 30, 3) }] };
    const staged = (await png.encode?.(opaque, { limits: DEFAULT_LIMITS })) ?? new Uint8Array();
    const output = await png.decode(staged, DEFAULT_LIMITS);
    expect((await run('png', staged, noise(40, 30, 4), output)).status).toBe('not-found');
    // Alpha that the source did not have is nobody's.
    const image: DecodedImage = { format: 'png', frames: [{ pixels: noise(40, 30, 4) }] };
    const alien = (await png.encode?.(image, { limits: DEFAULT_LIMITS })) ?? new Uint8Array();
    const seen = await png.decode(alien, DEFAULT_LIMITS);
    expect((await run('png', alien, noise(40, 30, 3), seen)).status).toBe('found');
  });

  it.each(written)(
    'takes what the tool writes as %s for its own, of any size and transparency',
    async (id) => {
      for (const pixels of [noise(7, 5, 3), noise(200, 90, 3), noise(150, 301, 4)]) {
        const image: DecodedImage = { format: id, frames: [{ pixels }] };
        const staged = await formatById(id).encode?.(image, { limits: DEFAULT_LIMITS });
        expect((await run(id, staged ?? new Uint8Array(), pixels)).status).toBe('not-found');
      }
    },
  );

  const others: [ImageFormat, string, string, (image: Sharp) => Sharp][] = [
    [
      'jpeg',
      'another quality',
      'quantisation tables',
      (image) => image.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }),
    ],
    [
      'jpeg',
      'a camera’s subsampling',
      'sampling',
      (image) => image.jpeg({ quality: 95, chromaSubsampling: '4:2:0' }),
    ],
    ['jpeg', 'several scans', 'order of segments', (image) => image.jpeg({ quality: 95, progressive: true })],
    ['png', 'a palette', 'depth and colour type', (image) => image.png({ palette: true })],
    ['png', 'the strongest compression', 'compression', (image) => image.png({ compressionLevel: 9 })],
    ['webp', 'loss', 'codec', (image) => image.webp({ quality: 90 })],
    ['tiff', 'another compression', 'tag 259', (image) => image.tiff({ compression: 'lzw' })],
    ['avif', 'subsampling', 'codec configuration', (image) => image.avif({ chromaSubsampling: '4:2:0' })],
  ];

  it.each(others)('finds in %s %s: %s', async (id, _what, setting, write) => {
    const pixels = noise(64, 48, 3);
    const staged = await write(
      sharp(pixels.data, { raw: { width: 64, height: 48, channels: 3 } }),
    ).toBuffer();
    const { status, details } = await run(id, staged, pixels);
    expect(status).toBe('found');
    expect(details).toMatchObject({
      id: 'jpeg-fingerprint/different',
      values: { settings: expect.arrayContaining([setting]) as string[] },
    });
  });

  it('cannot tell about a file in another format', async () => {
    expect((await run('jpeg', Uint8Array.of(1, 2, 3), noise(8, 8, 3))).status).toBe('could-not-tell');
  });
});
