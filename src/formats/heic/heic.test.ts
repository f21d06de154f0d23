import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { codePointsToSrgb } from './code-points-to-srgb.js';
import { decodeInWorker } from './decode-in-worker.js';
import { heicFormat } from './index.js';
import { pngWithProfile } from './png-with-profile.js';

const ftyp = (major: string, ...compatible: string[]): Buffer => {
  const body = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body]);
};

describe('sniff', () => {
  it.each([
    ['heic', 'mif1', true],
    ['mif1', 'heic', true],
    ['msf1', 'hevc', true],
    ['mif1', 'avif', false],
    ['avif', 'mif1', false],
    ['isom', 'mp42', false],
  ])('%s with %s: %s', (major, compatible, expected) => {
    expect(heicFormat.sniff(ftyp(major, compatible))).toBe(expected);
  });

  it('copes with short and unrelated bytes', () => {
    expect(heicFormat.sniff(new Uint8Array())).toBe(false);
    expect(heicFormat.sniff(Buffer.from('not an image at all'))).toBe(false);
  });
});

describe('decode', () => {
  it('refuses a file without an image', async () => {
    await expect(heicFormat.decode(ftyp('heic', 'mif1'), DEFAULT_LIMITS)).rejects.toMatchObject({
      code: 'malformed',
    });
  });

  it('turns the decoder’s failure into a typed error', async () => {
    await expect(decodeInWorker(ftyp('heic', 'mif1'), DEFAULT_LIMITS)).rejects.toMatchObject({
      code: 'malformed',
      stage: 'decode',
    });
  });

  it('stops the decoder when its time is over', async () => {
    const limits = { ...DEFAULT_LIMITS, codecSeconds: 0.001 };
    await expect(decodeInWorker(ftyp('heic', 'mif1'), limits)).rejects.toMatchObject({ code: 'timeout' });
  });
});

describe('codePointsToSrgb', () => {
  const convert = (pixel: number[], primaries: number, transfer: number): number[] => {
    const data = Uint8Array.from(pixel);
    codePointsToSrgb(data, 3, primaries, transfer);
    return [...data];
  };

  it('leaves sRGB and unspecified colours as they are', () => {
    expect(convert([1, 128, 254], 1, 13)).toEqual([1, 128, 254]);
    expect(convert([1, 128, 254], 2, 2)).toEqual([1, 128, 254]);
  });

  it('converts Display P3, and keeps white and black', () => {
    expect(convert([255, 255, 255], 12, 13)).toEqual([255, 255, 255]);
    expect(convert([0, 0, 0], 12, 13)).toEqual([0, 0, 0]);
    // 209.19, 147.40, 126.34 when derived from the chromaticities; Little CMS gives the same.
    expect(convert([200, 150, 130], 12, 13)).toEqual([209, 147, 126]);
  });

  it('converts Rec. 2020', () => {
    // 226.40, 142.29, 125.98 when derived from the chromaticities.
    expect(convert([200, 150, 130], 9, 13)).toEqual([226, 142, 126]);
  });

  it('maps diffuse white of PQ and HLG to white', () => {
    // 203 cd/m² is a PQ signal of 0.58 (BT.2408).
    expect(convert([148, 148, 148], 9, 16).every((v) => v >= 253)).toBe(true);
    expect(convert([191, 191, 191], 9, 18).every((v) => v >= 253)).toBe(true);
  });

  it.each([
    [4, 1],
    [1, 17],
  ])('refuses primaries %i with transfer %i, which it does not know', (primaries, transfer) => {
    expect(() => convert([1, 2, 3], primaries, transfer)).toThrow(
      'The colour space of the image is not supported',
    );
  });
});

describe('pngWithProfile', () => {
  it('carries the pixels and the profile unchanged', async () => {
    const blank = { create: { width: 1, height: 1, channels: 3, background: '#fff' } } as const;
    const p3 = await sharp(blank).withIccProfile('p3').png().toBuffer();
    const profile = (await sharp(p3).metadata()).icc as Buffer;
    const data = Uint8Array.from({ length: 18 }, (_, i) => i * 13);
    const png = pngWithProfile({ width: 3, height: 2, channels: 3, data }, profile);
    expect((await sharp(png).metadata()).icc).toEqual(profile);
    expect(new Uint8Array(await sharp(png, { ignoreIcc: true }).raw().toBuffer())).toEqual(data);
  });
});
