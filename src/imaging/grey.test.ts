import { describe, expect, it } from 'vitest';
import { greyOf, greyPart } from './grey.js';

describe('greyOf', () => {
  it.each([3, 4] as const)('holds the luma of an image of %i channels', (channels) => {
    const colours = [
      [0, 0, 0],
      [255, 255, 255],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [1, 2, 3],
    ];
    const data = Uint8Array.from(colours.flatMap((colour) => [...colour, 7].slice(0, channels)));
    const image = { width: 3, height: 2, channels, data };
    const whole = { width: 3, height: 2, data: Uint8Array.of(0, 255, 76, 150, 29, 2) };
    const part = { x: 1, y: 0, width: 2, height: 2 };
    expect(greyOf(image)).toEqual(whole);
    expect(greyOf(image, part)).toEqual({ width: 2, height: 2, data: Uint8Array.of(255, 76, 29, 2) });
    expect(greyPart(whole, part)).toEqual(greyOf(image, part));
  });
});
