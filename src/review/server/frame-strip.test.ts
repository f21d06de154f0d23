import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../../core/image.js';
import { sheetsOf, STRIP_CELL } from '../api.js';
import { sheetOf, stripOf, stripPicture, type ReadFrames } from './frame-strip.js';

/** A picture of one grey. */
function grey(value: number, width = 40, height = 20): PixelImage {
  return { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(value) };
}
/** The frame of each number is as bright. */
const read: ReadFrames = (first, count) =>
  Promise.resolve(Array.from({ length: count }, (_, i) => grey(first + i)));

async function pixelsOf(jpeg: Buffer) {
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { ...info, at: (x: number, y: number) => data[y * info.width + x] ?? 0 };
}

describe('stripOf', () => {
  it('has pages and short animations one by one, and long ones on sheets', () => {
    expect(stripOf(1, false)).toBeUndefined();
    expect(stripOf(200, false)).toEqual({ frames: 200, perSheet: 1, isAnimated: false });
    expect(stripOf(12, true)).toEqual({ frames: 12, perSheet: 1, isAnimated: true });
    expect(stripOf(13, true)).toEqual({ frames: 13, perSheet: 20, isAnimated: true });
    expect(sheetsOf({ frames: 200, perSheet: 20, isAnimated: true })).toBe(10);
    expect(sheetsOf({ frames: 201, perSheet: 20, isAnimated: true })).toBe(11);
  });
});

describe('sheetOf', () => {
  const strip = { frames: 45, perSheet: 20, isAnimated: true };

  it.each([
    [0, 20],
    [1, 20],
    [2, 5],
  ])('shows every frame of sheet %d in its place', async (sheet, frames) => {
    const { width, height, at } = await pixelsOf(await sheetOf(strip, sheet, read));
    expect([width, height]).toEqual([1596, Math.ceil(frames / 5) * 162 - 4]);
    for (let i = 0; i < frames; i++) {
      const [x, y] = [(i % 5) * 320 + 158, Math.floor(i / 5) * 162 + 79];
      expect(Math.abs(at(x, y) - (sheet * 20 + i))).toBeLessThanOrEqual(1);
    }
  });

  it('shows a page alone as large as the page has room for', async () => {
    const pages = { frames: 3, perSheet: 1, isAnimated: false };
    const { width, height, at } = await pixelsOf(
      await sheetOf(pages, 2, (first) => Promise.resolve([grey(first, 3200, 800)])),
    );
    expect([width, height, at(800, 200)]).toEqual([1600, 400, 2]);
  });
});

it('stripPicture shows all frames side by side', async () => {
  const strip = { frames: 45, perSheet: 20, isAnimated: true };
  const { width, height, at } = await pixelsOf(await stripPicture(strip, read));
  expect([width, height]).toEqual([45 * STRIP_CELL.width, STRIP_CELL.height]);
  for (let i = 0; i < 45; i++) {
    expect(Math.abs(at(i * STRIP_CELL.width + 48, 36) - i)).toBeLessThanOrEqual(1);
  }
});
