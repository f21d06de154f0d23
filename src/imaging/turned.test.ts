import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { greyOf } from './grey.js';
import { shrunk } from './resized.js';
import { mirrored, turnedBy, upsideDown } from './turned.js';

describe('turnedBy', () => {
  it.each([
    [30, 500],
    [60, 200],
    [90, 500],
  ])(
    'turned by %i° and at most %i pixels long, says where in the photo a point lies',
    async (degrees, most) => {
      const [width, height] = [300, 200];
      const data = new Uint8Array(width * height * 3).fill(255);
      for (let y = 40; y < 60; y++)
        for (let x = 220; x < 240; x++) data.fill(0, (y * width + x) * 3, (y * width + x) * 3 + 3);
      const small = await shrunk({ width, height, channels: 3, data }, most);
      const { image, turnBack } = await turnedBy(greyOf(small), degrees);
      let [sum, sx, sy] = [0, 0, 0];
      for (let p = 0; p < image.width * image.height; p++) {
        if (image.data[p]! > 40) continue;
        sum++;
        sx += (p % image.width) + 0.5;
        sy += Math.floor(p / image.width) + 0.5;
      }
      const [x, y] = turnBack([sx / sum, sy / sum]).map((place) => (place * width) / small.width) as [
        number,
        number,
      ];
      expect(Math.abs(x - 230)).toBeLessThan(1.5);
      expect(Math.abs(y - 50)).toBeLessThan(1.5);
    },
  );
});

describe('mirrored and upsideDown', () => {
  it('swap left and right, and also above and below, in whole pixels', () => {
    const image: PixelImage = {
      width: 2,
      height: 2,
      channels: 3,
      data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    };
    expect([...mirrored(image).data]).toEqual([4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9]);
    expect([...upsideDown(image).data]).toEqual([10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3]);
  });
});
