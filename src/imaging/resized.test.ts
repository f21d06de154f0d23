import { describe, expect, it } from 'vitest';
import { seeded } from '../../tests/support/seeded.js';
import type { PixelImage } from '../core/image.js';
import { resized, resizedPart } from './resized.js';

describe('resizedPart', () => {
  const random = seeded(1);
  const [width, height] = [300, 200];
  const data = Uint8Array.from({ length: width * height * 3 }, () => 256 * random());
  const image: PixelImage = { width, height, channels: 3, data };

  it.each([
    [300, 200],
    [270, 185],
    [123, 90],
  ])('gives the pixels of the whole at %i × %i', async (across, down) => {
    const whole = await resized(image, across, down);
    const part = await resizedPart(image, across, down, { x: 17, y: 30, width: 60, height: 41 });
    expect([part.width, part.height, part.channels]).toEqual([60, 41, 3]);
    for (let y = 0; y < 41; y++) {
      const from = ((30 + y) * across + 17) * 3;
      expect([...part.data.subarray(y * 180, (y + 1) * 180)]).toEqual([
        ...whole.data.subarray(from, from + 180),
      ]);
    }
  });
});
