import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { contrastNormalised, measureContrast } from './local-contrast.js';

const SIDE = 96;

function drawn(colour: (x: number, y: number) => readonly [number, number, number]): PixelImage {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let p = 0; p < SIDE * SIDE; p++) data.set(colour(p % SIDE, Math.floor(p / SIDE)), p * 3);
  return { width: SIDE, height: SIDE, channels: 3, data };
}

/** Stripes of 8 pixels. */
const stripes = (dark: number, bright: number) => (x: number) => {
  const level = x % 16 < 8 ? dark : bright;
  return [level, level, level] as const;
};

const at = ({ data }: PixelImage, x: number, y: number) => [
  ...data.subarray((y * SIDE + x) * 3, (y * SIDE + x) * 3 + 3),
];

describe('measureContrast', () => {
  it('tells between which levels nearly all pixels lie, in the whole image and around each tile', () => {
    const image = drawn((x, y) => (y < SIDE / 2 ? stripes(5, 9)(x) : stripes(40, 200)(x)));
    const map = measureContrast(image, SIDE / 6);
    expect([map.columns, map.rows]).toEqual([6, 6]);
    expect(map.whole).toEqual({ low: 5, high: 200, colour: 0 });
    expect(map.spreads[0]).toEqual({ low: 5, high: 9, colour: 0 });
    expect(map.spreads[35]).toEqual({ low: 40, high: 200, colour: 0 });
  });

  it('tells how colourful each part is', () => {
    const map = measureContrast(
      drawn((x) => (x < SIDE / 2 ? [200, 150, 120] : [9, 9, 9])),
      SIDE / 6,
    );
    expect([map.spreads[0]?.colour, map.whole.colour, map.spreads[5]?.colour]).toEqual([80, 40, 0]);
  });

  it('does not count a lamp in a dark room', () => {
    const image = drawn((x, y) => (x < 8 && y < 8 ? [255, 255, 255] : stripes(5, 9)(x)));
    expect(measureContrast(image, SIDE).whole).toEqual({ low: 5, high: 9, colour: 0 });
  });

  it('measures images smaller than a tile', () => {
    const image = { width: 1, height: 2, channels: 3, data: Uint8Array.of(7, 7, 7, 9, 9, 9) } as const;
    expect(measureContrast(image, 50).spreads).toEqual([{ low: 7, high: 9, colour: 0 }]);
  });
});

describe('contrastNormalised', () => {
  const normalised = (image: PixelImage) => contrastNormalised(image, measureContrast(image, SIDE / 6));

  it('brings back the contrast of a dark part and leaves a bright one nearly as it is', () => {
    const copy = normalised(drawn((x, y) => (y < SIDE / 2 ? stripes(5, 15)(x) : stripes(16, 239)(x))));
    expect(at(copy, 4, 4)).toEqual([16, 16, 16]);
    expect(at(copy, 12, 4)).toEqual([239, 239, 239]);
    expect(at(copy, 4, 90)).toEqual([16, 16, 16]);
    expect(at(copy, 12, 90)).toEqual([239, 239, 239]);
  });

  it('stretches all channels alike', () => {
    const copy = normalised(drawn((x, y) => (y % 16 < 8 ? [12, 10, 8] : stripes(0, 20)(x))));
    expect(at(copy, 50, 50)).toEqual([150, 128, 105]);
  });

  it('does not blow up the noise of an even surface to full contrast', () => {
    const copy = normalised(drawn(stripes(100, 101)));
    expect(at(copy, 12, 50)[0]! - at(copy, 4, 50)[0]!).toBeLessThan(40);
  });

  it('leaves the image itself as it was', () => {
    const image = drawn(stripes(5, 15));
    const before = image.data.slice();
    normalised(image);
    expect(image.data).toEqual(before);
  });
});
