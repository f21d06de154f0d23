import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { shrunk } from './resized.js';
import { boxTurnedBack, mirrored, turnedBy, turnedByQuarters, upsideDown, type Turns } from './turned.js';

describe('turnedByQuarters', () => {
  it.each([0, 1, 2, 3] as const)(
    'by %i quarters shows each pixel where boxTurnedBack maps it',
    async (turns: Turns) => {
      const image: PixelImage = { width: 5, height: 3, channels: 3, data: new Uint8Array(5 * 3 * 3) };
      image.data[(2 * 5 + 4) * 3] = 255;
      const copy = await turnedByQuarters(image, turns);
      expect([copy.width, copy.height]).toEqual(turns % 2 === 0 ? [5, 3] : [3, 5]);
      const at = copy.data.indexOf(255) / 3;
      const pixel = { x: at % copy.width, y: Math.floor(at / copy.width), width: 1, height: 1 };
      expect(boxTurnedBack(pixel, turns, image)).toEqual({ x: 4, y: 2, width: 1, height: 1 });
    },
  );

  it('keeps a box as long as it was', () => {
    const box = { x: 1, y: 2, width: 3, height: 4 };
    expect(boxTurnedBack(box, 1, { width: 20, height: 10 })).toEqual({ x: 2, y: 6, width: 4, height: 3 });
    expect(boxTurnedBack(box, 3, { width: 20, height: 10 })).toEqual({ x: 14, y: 1, width: 4, height: 3 });
  });
});

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
      const { image, turnBack } = await turnedBy(small, degrees);
      let [sum, sx, sy] = [0, 0, 0];
      for (let p = 0; p < image.width * image.height; p++) {
        if (image.data[p * 3]! > 40) continue;
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
  it('exchange left and right, and also above and below, of whole pixels', () => {
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
