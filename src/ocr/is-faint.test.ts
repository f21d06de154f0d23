import { describe, expect, it } from 'vitest';
import { isFaint } from './is-faint.js';
import { STRIP_HEIGHT, type Strip } from './strip.js';

const WIDTH = 40;

function strip(value: (x: number, y: number, channel: number) => number): Strip {
  const data = new Uint8Array(WIDTH * STRIP_HEIGHT * 3);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3);
    data[i] = value(pixel % WIDTH, Math.floor(pixel / WIDTH), i % 3);
  }
  return { width: WIDTH, height: STRIP_HEIGHT, channels: 3, data };
}

/** A stroke of 4 × 20 pixels. */
const isInk = (x: number, y: number) => x >= 20 && x < 24 && y >= 14 && y < 34;

describe('isFaint', () => {
  it('calls an even area, a slope and an encoder’s noise faint', () => {
    expect(isFaint(strip(() => 128))).toBe(true);
    expect(isFaint(strip((x, y) => 40 + 4 * x + y))).toBe(true);
    expect(isFaint(strip((x, y, channel) => 128 + ((x * 7 + y * 5 + channel * 3) % 7)))).toBe(true);
  });

  it('does not call a stroke faint that could be read, even by its colour alone', () => {
    expect(isFaint(strip((x, y) => (isInk(x, y) ? 120 : 128)))).toBe(false);
    expect(isFaint(strip((x, y, channel) => (isInk(x, y) && channel === 2 ? 136 : 128)))).toBe(false);
    expect(
      isFaint(strip((x, y) => (y === 0 || y === STRIP_HEIGHT - 1 ? 0 : 128) + (isInk(x, y) ? 9 : 0))),
    ).toBe(false);
    expect(isFaint(strip((x, y) => (isInk(x, y) ? 121 : 128)))).toBe(true);
  });
});
