import { describe, expect, it } from 'vitest';
import { greyMap } from './code-reader.js';

describe('greyMap', () => {
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
    const file = greyMap({ width: 3, height: 2, channels, data });
    expect(new TextDecoder().decode(file.subarray(0, 11))).toBe('P5 3 2 255\n');
    expect([...file.subarray(11)]).toEqual([0, 255, 76, 150, 29, 2]);
  });
});
