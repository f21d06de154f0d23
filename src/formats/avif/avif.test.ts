import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { PixelImage } from '../../core/image.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { avifFormat } from './index.js';
import { encodeAvif } from './encode-avif.js';
import { holdsOnlyPixels } from './obus.js';

const limits = DEFAULT_LIMITS;
const pixels = (channels: 3 | 4): PixelImage => ({
  width: 32,
  height: 16,
  channels,
  data: Uint8Array.from({ length: 32 * 16 * channels }, (_, i) => (channels === 4 && i % 4 === 3 ? 128 : 90)),
});
const encode = (channels: 3 | 4): Promise<Uint8Array> =>
  encodeAvif({ format: 'avif', frames: [{ pixels: pixels(channels) }] }, { limits });
const refused = (bytes: Uint8Array): string[] =>
  avifFormat.walk(bytes).filter((p) => !p.allowed).map((p) => p.name); // prettier-ignore

/** A box with a four-character type. */
function box(type: string, ...content: (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(content.map((c) => (typeof c === 'string' ? Buffer.from(c, 'latin1') : c)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

describe('encodeAvif', () => {
  it.each([3, 4] as const)('writes only allowed parts with %i channels', async (channels) => {
    const bytes = await encode(channels);
    expect(avifFormat.sniff(bytes)).toBe(true);
    expect(refused(bytes)).toEqual([]);
    expect(avifFormat.walk(bytes).reduce((n, p) => n + p.length, 0)).toBe(bytes.length);
  });

  it('refuses several frames', async () => {
    const frame = { pixels: pixels(3) };
    await expect(encodeAvif({ format: 'avif', frames: [frame, frame] }, { limits })).rejects.toMatchObject({
      code: 'too-many-frames',
    });
  });

  it('comes back as it was', async () => {
    const { frames } = await avifFormat.decode(await encode(3), limits);
    expect(frames[0]?.pixels.data.every((v) => v === 90)).toBe(true);
  });
});

describe('walk', () => {
  it('finds Exif and XMP items', async () => {
    const { data } = pixels(3);
    const bytes = await sharp(data, { raw: { width: 32, height: 16, channels: 3 } })
      .withExif({ IFD0: { Artist: 'X' } })
      .avif()
      .toBuffer();
    const item = avifFormat.walk(bytes).find((p) => p.name === 'item/Exif');
    expect(item).toMatchObject({ allowed: false, finding: { part: 'exif', identifying: true } });
  });

  it('does not allow unknown boxes, extra bytes at the end, or bytes that no item claims', async () => {
    const bytes = await encode(3);
    const uuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
    const c2pa = Buffer.concat([bytes, box('uuid', uuid, 'x')]);
    expect(avifFormat.walk(c2pa).at(-1)?.finding?.group).toBe('provenance');
    expect(refused(Buffer.concat([bytes, box('free', 'hidden')]))).toEqual(['free']);
    expect(refused(Buffer.concat([bytes, box('mdat', 'hidden')]))).toEqual(['gap']);
    expect(refused(Buffer.concat([bytes, Buffer.from('PK\x03\x04 and more')]))).toEqual(['trailing']);
  });

  it('says where a box is cut', async () => {
    const bytes = await encode(3);
    const parts = avifFormat.walk(bytes.subarray(0, bytes.length - 5));
    expect(parts.map((p) => p.name)).toContain('malformed');
  });

  it('ends on boxes nested without end', () => {
    let deep = box('moov');
    for (let i = 0; i < 2000; i++) deep = box('moov', deep);
    const bytes = Buffer.concat([box('ftyp', 'avif\0\0\0\0avif'), deep]);
    expect(avifFormat.walk(bytes).reduce((n, p) => n + p.length, 0)).toBe(bytes.length);
  });
});

describe('decode', () => {
  it('refuses a sequence, a cut file and one without an image', async () => {
    const still = await encode(3);
    const stsz = box('stsz', Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]));
    const track = box('moov', box('trak', box('mdia', box('minf', box('stbl', stsz)))));
    const cases: [string, Uint8Array][] = [
      ['too-many-frames', Buffer.concat([still, track])],
      ['truncated', still.subarray(0, still.length - 5)],
      ['malformed', box('ftyp', 'avif\0\0\0\0avif')],
    ];
    for (const [code, bytes] of cases) {
      await expect(avifFormat.decode(bytes, limits)).rejects.toMatchObject({ code, stage: 'decode' });
    }
  });

  it('checks the stated size before decoding', async () => {
    await expect(avifFormat.decode(await encode(3), { ...limits, maxPixels: 511 })).rejects.toMatchObject({
      code: 'too-many-pixels',
    });
  });
});

describe('holdsOnlyPixels', () => {
  const check = (...bytes: number[]): boolean => holdsOnlyPixels(Uint8Array.from(bytes), 0, bytes.length);
  it('knows units that carry pixels from metadata, padding and damage', () => {
    expect(check(0x12, 0x00, 0x0a, 0x01, 0xff)).toBe(true);
    expect(check(0x2a, 0x01, 0x04)).toBe(false);
    expect(check(0x7a, 0x01, 0x04)).toBe(false);
    expect(check(0x0a, 0x09, 0xff)).toBe(false);
    expect(check(0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)).toBe(false);
  });
});
