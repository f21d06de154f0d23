import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../imaging/grey.js';
import { contrastAreas } from './contrast-areas.js';

const [WIDTH, HEIGHT] = [405, 300];

/** A grey image whose pixels differ from a plain ground where told. */
function imageOf(valueAt: (x: number, y: number) => number): GreyImage {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, p) =>
    valueAt(p % WIDTH, Math.floor(p / WIDTH)),
  );
  return { width: WIDTH, height: HEIGHT, data };
}

/** Stripes of four pixels inside a box, else the ground. */
function stripes(x0: number, y0: number, side: number, contrast: number) {
  return (x: number, y: number) =>
    x >= x0 && x < x0 + side && y >= y0 && y < y0 + side && Math.floor((x - x0) / 4) % 2 === 0
      ? 150
      : 150 + contrast;
}

describe('contrastAreas', () => {
  it.each([16, 100])('finds stripes that differ by %i levels, with what is near them', (contrast) => {
    expect(contrastAreas(imageOf(stripes(100, 80, 48, contrast)))).toEqual([
      { x: 72, y: 56, width: 96, height: 96 },
    ]);
  });

  it('keeps areas that lie apart apart, and ends with the image', () => {
    const [one, other] = [stripes(0, 0, 40, 50), stripes(365, 260, 40, 50)];
    expect(contrastAreas(imageOf((x, y) => Math.min(one(x, y), other(x, y))))).toEqual([
      { x: 0, y: 0, width: 64, height: 64 },
      { x: 336, y: 232, width: 69, height: 68 },
    ]);
  });

  it('joins areas whose boxes overlap', () => {
    const [one, other] = [stripes(80, 80, 40, 50), stripes(160, 80, 40, 50)];
    expect(contrastAreas(imageOf((x, y) => Math.min(one(x, y), other(x, y))))).toHaveLength(1);
  });

  it.each([
    ['fainter stripes', stripes(100, 80, 48, 15)],
    ['a hair', (x: number) => (x === 100 ? 20 : 150)],
    ['an edge', (_: number, y: number) => (y < 100 ? 20 : 150)],
  ])('finds nothing in %s', (_, valueAt) => {
    expect(contrastAreas(imageOf(valueAt))).toEqual([]);
  });

  it('gives the whole image where most of it has contrast', () => {
    expect(contrastAreas(imageOf(stripes(0, 0, 280, 50)))).toEqual([
      { x: 0, y: 0, width: WIDTH, height: HEIGHT },
    ]);
  });
});
