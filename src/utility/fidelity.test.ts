import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { forEachSample, meanColourDifference, meanSsim } from './fidelity.js';

const SIDE = 16;

function image(paint: (x: number, y: number) => number): PixelImage {
  const data = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return paint(pixel % SIDE, Math.floor(pixel / SIDE));
  });
  return { width: SIDE, height: SIDE, channels: 3, data };
}

const plain = image((x, y) => (x * 7 + y * 5) % 256);
const none = new Uint8Array(SIDE * SIDE);
const rightHalf = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE >= 8 ? 1 : 0));

describe('measures outside redactions', () => {
  it('see no difference between equal images, nor under a redaction', () => {
    const painted = image((x, y) => (x >= 9 ? 0 : (x * 7 + y * 5) % 256));
    expect(meanColourDifference(plain, painted, rightHalf)).toBe(0);
    expect(meanSsim(plain, painted, rightHalf)).toBeCloseTo(1, 12);
    expect(meanColourDifference(plain, painted, none)).toBeGreaterThan(1);
    expect(meanSsim(plain, painted, none)).toBeLessThan(0.98);
  });

  it('give no figure when everything is covered', () => {
    const all = new Uint8Array(SIDE * SIDE).fill(1);
    expect(meanColourDifference(plain, plain, all)).toBeUndefined();
    expect(meanSsim(plain, plain, all)).toBeUndefined();
  });
});

describe('forEachSample', () => {
  it('looks at every pixel of a small image', () => {
    const seen: number[] = [];
    forEachSample({ width: 3, height: 2 }, (pixel) => seen.push(pixel));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([
    [3200, 3000],
    [6400, 6000],
  ])('meets a codec’s blocks of 8 pixels at all their places in %d × %d', (width, height) => {
    const places = new Set<string>();
    forEachSample({ width, height }, (pixel) => {
      places.add(`${(pixel % width) % 8},${Math.floor(pixel / width) % 8}`);
    });
    expect(places.size).toBe(64);
  });
});
