import { describe, expect, it } from 'vitest';
import { inputTensor } from './input-tensor.js';

/** A channel's value as the network wants it. */
const [blue, green, red] = [
  [0.485, 0.229],
  [0.456, 0.224],
  [0.406, 0.225],
].map(
  ([mean, deviation]) =>
    (value: number) =>
      Math.fround((value / 255 - mean!) / deviation!),
) as [(value: number) => number, (value: number) => number, (value: number) => number];

describe('inputTensor', () => {
  /** 64 × 64 pixels, no two alike in a row or column of a channel. */
  const image = { width: 64, height: 64, channels: 3 as const, data: new Uint8Array(64 * 64 * 3) };
  for (let p = 0; p < 64 * 64; p++) image.data.set([p % 64, p >> 6, (p % 64) + (p >> 6)], p * 3);

  it('shows a part at full size pixel by pixel, in planes of blue, green and red', async () => {
    const part = { x: 5, y: 20, width: 32, height: 32 };
    const { data, dims } = await inputTensor(image, { part, width: 32, height: 32 });
    expect(dims).toEqual([1, 3, 32, 32]);
    for (const [x, y] of [
      [0, 0],
      [31, 0],
      [3, 17],
      [31, 31],
    ] as const) {
      const shown = [0, 1, 2].map((plane) => data[plane * 1024 + y * 32 + x]);
      expect(shown).toEqual([blue(5 + x + 20 + y), green(20 + y), red(5 + x)]);
    }
  });

  it('resizes what is shown at another size', async () => {
    const even = { ...image, data: new Uint8Array(64 * 64 * 3).fill(100) };
    const { data } = await inputTensor(even, {
      part: { x: 0, y: 0, width: 64, height: 64 },
      width: 32,
      height: 32,
    });
    expect(new Set(data)).toEqual(new Set([blue(100), green(100), red(100)]));
  });

  it('takes the memory of a tensor of the same size that is done with, and none of its numbers', async () => {
    const at = (x: number, side: number) => ({
      part: { x, y: 0, width: 32, height: 32 },
      width: side,
      height: side,
    });
    for (const side of [32, 64]) {
      const fresh = await inputTensor(image, at(32, side));
      const used = await inputTensor(image, at(0, side));
      const again = await inputTensor(image, at(32, side), used);
      expect(again.data).toBe(used.data);
      expect(again).toEqual(fresh);
    }
    const other = await inputTensor(image, at(0, 32));
    expect((await inputTensor(image, at(32, 64), other)).data).not.toBe(other.data);
  });
});
