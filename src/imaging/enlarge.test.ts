import { describe, expect, it } from 'vitest';
import type { Box } from '../core/geometry.js';
import { enlargePlanes, valueTable } from './enlarge.js';
import { partResized } from './resized.js';

/** Pixels without any order, always the same. */
function noise(width: number, height: number) {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, state = 1; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 24;
  }
  return { width, height, channels: 3 as const, data };
}

const same = valueTable((value) => value);
const negative = valueTable((value) => -value);

describe('enlargePlanes', () => {
  const cases: readonly (readonly [Box, number, number])[] = [
    [{ x: 0, y: 0, width: 60, height: 45 }, 128, 96],
    [{ x: 7, y: 3, width: 40, height: 30 }, 96, 64],
    [{ x: 0, y: 0, width: 60, height: 45 }, 60, 64],
    [{ x: 0, y: 0, width: 60, height: 45 }, 64, 45],
    [{ x: 0, y: 0, width: 60, height: 45 }, 192, 160],
    // Places that lie between two phases, where the last bit of a number decides.
    [{ x: 0, y: 0, width: 3, height: 221 }, 32, 256],
    [{ x: 0, y: 0, width: 289, height: 8 }, 896, 32],
    [{ x: 0, y: 0, width: 5, height: 279 }, 32, 896],
    [{ x: 0, y: 0, width: 1, height: 1 }, 32, 32],
  ];
  for (const [part, width, height] of cases) {
    it(`makes ${part.width} × ${part.height} at ${part.x}, ${part.y} what sharp makes of it at ${width} × ${height}`, async () => {
      const image = noise(Math.max(60, part.width), Math.max(45, part.height));
      const { data } = await partResized(image, part, { width, height });
      const out = new Float32Array(3 * width * height);
      const planes = [
        { channel: 2, values: same },
        { channel: 1, values: negative },
        { channel: 0, values: same },
      ] as const;
      enlargePlanes(image, part, { width, height }, planes, out);
      const expected = Float32Array.from(out, (_, i) => {
        const [plane, pixel] = [Math.floor(i / (width * height)), i % (width * height)];
        const value = data[pixel * 3 + 2 - plane]!;
        return plane === 1 ? -value : value;
      });
      expect(out).toEqual(expected);
    });
  }
});
