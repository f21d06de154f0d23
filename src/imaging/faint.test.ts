import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { faintnessOf, stretchedVersions } from './faint.js';

const [WIDTH, HEIGHT] = [240, 180];

/** A round thing with two dark spots on a bright ground, each pixel changed by `change`; with seeded noise. */
function picture(change: (level: number, x: number, noise: number) => number): PixelImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  let state = 7;
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)];
    state = (state * 16807) % 2147483647;
    const isSpot = [90, 150].some((middle) => Math.hypot(x - middle, y - 75) < 12);
    const level = isSpot ? 30 : Math.hypot(x - 120, y - 90) < 70 ? 140 : 215;
    const shade = change(level + 20 * Math.sin(x / 30) * Math.cos(y / 25), x, state / 2147483647 - 0.5);
    data.fill(Math.round(shade), p * 3, p * 3 + 3);
  }
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

const fog = (level: number) => (level - 128) * 0.12 + 225;
const dark = (level: number) => level * 0.05;

describe('faintnessOf', () => {
  it('says of an ordinary picture that all of it can be seen', () => {
    expect(faintnessOf(picture((level) => level))).toEqual({ isFaint: false, unseen: 0 });
  });

  it.each([
    ['foggy', fog],
    ['dark', dark],
  ])('says of a %s one that none of it can be looked at as it is', (_, change) => {
    expect(faintnessOf(picture(change))).toEqual({ isFaint: true, unseen: 1 });
  });

  it('finds a part that is dark or foggy', () => {
    for (const change of [fog, dark]) {
      const { isFaint, unseen } = faintnessOf(picture((level, x) => (x < 120 ? change(level) : level)));
      expect(isFaint).toBe(true);
      expect(unseen).toBeGreaterThan(0.1);
      expect(unseen).toBeLessThan(0.9);
    }
  });

  it('takes a little contrast for faint, though it can be looked at', () => {
    expect(faintnessOf(picture((level) => (level - 128) * 0.32 + 128))).toEqual({ isFaint: true, unseen: 0 });
  });

  it('has nothing against what shows nothing: an even surface with noise', () => {
    expect(faintnessOf(picture((_level, _x, noise) => 12 + 3 * noise))).toEqual({
      isFaint: false,
      unseen: 0,
    });
    expect(faintnessOf(picture((_level, x) => (x < 1 ? 3 : 2)))).toEqual({ isFaint: false, unseen: 0 });
  });

  it('has nothing against evenly lit skin, which is as even as fog, but has its colour', () => {
    const { data, ...size } = picture((level) => (level - 128) * 0.3 + 170);
    const skin = { ...size, data: data.map((level, i) => level - [0, 30, 50][i % 3]!) };
    expect(faintnessOf(skin)).toEqual({ isFaint: false, unseen: 0 });
    const fainter = {
      ...size,
      data: picture((level) => (level - 128) * 0.12 + 170).data.map(
        (level, i) => level - [0, 30, 50][i % 3]!,
      ),
    };
    expect(faintnessOf(fainter)).toEqual({ isFaint: true, unseen: 0 });
  });

  it('judges what is under transparent pixels too', () => {
    const { data } = picture(dark);
    const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
    for (let p = 0; p < WIDTH * HEIGHT; p++) rgba.set(data.subarray(p * 3, p * 3 + 3), p * 4);
    const hidden: PixelImage = { width: WIDTH, height: HEIGHT, channels: 4, data: rgba };
    expect(faintnessOf(hidden)).toEqual({ isFaint: true, unseen: 1 });
  });
});

describe('stretchedVersions', () => {
  it('brings a dark picture close to what it was before', () => {
    const [copy, ...more] = stretchedVersions(picture(dark));
    expect(more).toEqual([]);
    const level = (x: number, y: number) => copy!.data[(y * WIDTH + x) * 3]!;
    expect([copy!.width, copy!.height, copy!.channels]).toEqual([WIDTH, HEIGHT, 3]);
    expect(level(120, 75) - level(90, 75)).toBeGreaterThan(80);
  });

  it('gives both versions of a picture with transparent pixels', () => {
    const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(9);
    expect(stretchedVersions({ width: WIDTH, height: HEIGHT, channels: 4, data })).toHaveLength(2);
  });

  it('takes a picture of a single pixel', () => {
    const one = { width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) } as const;
    expect(stretchedVersions(one)).toHaveLength(1);
  });
});
