import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { measureUtility } from './measure-utility.js';
import { isSkinColour } from './skin.js';

const [WIDTH, HEIGHT] = [20, 16];
const SKIN = [214, 164, 141] as const;
const BLUE = [20, 40, 200] as const;

/** Skin on the left, something blue on the right. */
function photo(skinColumns: number): PixelImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) data.set(i % WIDTH < skinColumns ? SKIN : BLUE, i * 3);
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

const mask = (isCovered: (x: number, y: number) => boolean) =>
  Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => Number(isCovered(i % WIDTH, Math.floor(i / WIDTH))));
const measured = (
  fitted: PixelImage,
  covered: Uint8Array,
  keep: Parameters<typeof measureUtility>[1]['keep'] = [],
) =>
  measureUtility(
    { fitted, written: fitted, covered, scale: 0.9375, lengths: { scale: 0.95, error: 0.00801 } },
    { keep, width: WIDTH, height: HEIGHT, covered },
  );

describe('measureUtility', () => {
  it('counts the skin that is not covered, and what is left of the photo outside', () => {
    expect(
      measured(
        photo(10),
        mask((x) => x < 4 || x >= 18),
      ),
    ).toEqual({
      skinVisible: 0.6,
      ssim: 1,
      deltaE2000: 0,
      resolutionLeft: 0.9375,
      lengthScale: 0.95,
      lengthError: 0.0081,
    });
  });

  it('gives no share of skin when there is hardly any', () => {
    expect(
      measured(
        photo(0),
        mask(() => false),
      ),
    ).not.toHaveProperty('skinVisible');
  });

  it('says how much of the kept regions is untouched', () => {
    const keep = [
      { x: 2, y: 4, width: 4, height: 5 },
      { x: 100, y: 100, width: 5, height: 5 },
    ];
    expect(
      measured(
        photo(10),
        mask((x) => x < 4),
        keep,
      ).keepUntouched,
    ).toBe(0.5);
  });

  it('does not call a kept region untouched when one of its pixels is covered', () => {
    const [width, height] = [200, 200];
    const covered = new Uint8Array(width * height);
    covered[0] = 1;
    const kept = { keep: [{ x: 0, y: 0, width, height }], width, height, covered };
    const photoOnly = {
      fitted: photo(10),
      written: photo(10),
      covered: mask(() => false),
      scale: 1,
      lengths: { scale: 1, error: 0 },
    };
    expect(measureUtility(photoOnly, kept).keepUntouched).toBe(0.9999);
  });
});

describe('isSkinColour', () => {
  it.each([
    ['very light', 244, 214, 196],
    ['light', 224, 172, 145],
    ['olive', 198, 134, 96],
    ['brown', 141, 85, 54],
    ['dark', 92, 58, 42],
    ['inflamed', 200, 120, 110],
    ['very inflamed', 196, 86, 78],
  ])('knows %s skin', (_tone, r, g, b) => {
    expect(isSkinColour(r, g, b)).toBe(true);
  });

  it.each([
    ['a drape', 60, 120, 110],
    ['white paper', 250, 250, 248],
    ['black', 8, 8, 8],
    ['grass', 80, 140, 60],
  ])('does not take %s for it', (_what, r, g, b) => {
    expect(isSkinColour(r, g, b)).toBe(false);
  });
});
