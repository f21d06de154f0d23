import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../../core/image.js';
import { sampleSquare, squareToImage } from './sample-square.js';

/** Two by two pixels: red 10, 20 above 30, 40; green and blue 0. */
const image: PixelImage = {
  width: 2,
  height: 2,
  channels: 3,
  data: Uint8Array.from([10, 20, 30, 40].flatMap((red) => [red, 0, 0])),
};
const reds = (angle: number) =>
  [...sampleSquare(image, { centre: [1, 1], side: 2, angle }, 2)]
    .filter((_, i) => i % 3 === 0)
    .map(Math.round);

describe('sampleSquare', () => {
  it('shows pixels as they are where it does not scale', () => {
    expect(reds(0)).toEqual([10, 20, 30, 40]);
  });

  it('turns: what lies to the left of a square that leans clockwise comes out on top', () => {
    expect(reds(Math.PI / 2)).toEqual([20, 40, 10, 30]);
  });

  it('takes the mean where it shrinks, and grey around the image', () => {
    expect(sampleSquare(image, { centre: [1, 1], side: 2, angle: 0 }, 1)[0]).toBe(25);
    const outside = sampleSquare(image, { centre: [9, 9], side: 2, angle: 0 }, 1);
    expect([...outside]).toEqual([127.5, 127.5, 127.5]);
  });
});

describe('squareToImage', () => {
  it('undoes the sampling', () => {
    const square = { centre: [10, 20] as const, side: 8, angle: Math.PI / 2 };
    const [x, y] = squareToImage(square, 4, [4, 2]);
    expect(x).toBeCloseTo(10);
    expect(y).toBeCloseTo(24);
  });
});
