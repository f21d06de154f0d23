import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { spaceOfCodePoints } from './colour-space.js';
import { pngWithProfile } from './png-with-profile.js';
import { toSrgb } from './to-srgb.js';

describe('toSrgb', () => {
  const convert = (pixel: number[], primaries: number, transfer: number): number[] => [
    ...toSrgb(
      { data: Uint8Array.from(pixel), channels: 3, most: 255 },
      spaceOfCodePoints(primaries, transfer),
    ),
  ];

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
    // 203 cd/m² is a PQ signal of 0.58 and an HLG signal of 0.75 (BT.2408).
    expect(convert([148, 148, 148], 9, 16).every((v) => v >= 253)).toBe(true);
    expect(convert([191, 191, 191], 9, 18).every((v) => v >= 253)).toBe(true);
  });

  it.each([4, 5, 7, 8, 10, 11, 22])('keeps white and grey neutral with primaries %i', (primaries) => {
    expect(convert([255, 255, 255], primaries, 13)).toEqual([255, 255, 255]);
    expect(convert([128, 128, 128], primaries, 13)).toEqual([128, 128, 128]);
  });

  it.each([
    [3, 1],
    [1, 9],
    [1, 0],
  ])('refuses primaries %i with transfer %i, which it does not know', (primaries, transfer) => {
    expect(() => convert([1, 2, 3], primaries, transfer)).toThrow(
      'The colour space of the image is not supported',
    );
  });

  it('keeps alpha, and reduces it with the colours', () => {
    const data = Uint16Array.from([1023, 1023, 1023, 512]);
    expect([...toSrgb({ data, channels: 4, most: 1023 }, spaceOfCodePoints(12, 13))]).toEqual([
      255, 255, 255, 128,
    ]);
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
