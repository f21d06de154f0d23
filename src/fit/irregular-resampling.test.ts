import { describe, expect, it } from 'vitest';
import { seeded } from '../../tests/support/seeded.js';
import type { Point } from '../core/geometry.js';
import { convexHull, isInside } from '../imaging/convex.js';
import type { PixelImage } from '../core/image.js';
import { mapPolygon, planResampling, resultOf, sourceOf } from './irregular-resampling.js';
import { resample } from './resample.js';

const SIZES = [
  [1, 1],
  [3, 200],
  [640, 480],
  [2048, 1536],
] as const;

function image(
  width: number,
  height: number,
  channels: 3 | 4,
  value: (x: number, y: number, c: number) => number,
): PixelImage {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    data[i] = value(pixel % width, Math.floor(pixel / width), i % channels);
  }
  return { width, height, channels, data };
}

describe('planResampling', () => {
  it.each(SIZES)(
    'shrinks %i × %i by three to ten percent, shifts it further than a pixel, and stretches it little',
    (width, height) => {
      const resampling = planResampling(width, height, seeded(7));
      const [kx, ky] = [width / resampling.width, height / resampling.height];
      expect(resampling.width).toBeGreaterThanOrEqual(Math.floor(0.9 * width));
      expect(resampling.width).toBeLessThanOrEqual(Math.ceil(0.97 * width));
      const far: number[] = [];
      for (let y = 0.5; y < resampling.height; y += 16) {
        for (let x = 0.5; x < resampling.width; x += 16) {
          const [sx, sy] = sourceOf([x, y], resampling);
          const [nx, ny] = sourceOf([x + 1, y], resampling);
          far.push(Math.hypot(sx - x * kx, sy - y * ky));
          expect(Math.hypot(nx - sx - kx, ny - sy)).toBeLessThan(width > 2000 ? 0.12 : 0.2);
          const back = resultOf([sx, sy], resampling);
          expect(Math.hypot(back[0] - x, back[1] - y)).toBeLessThan(1e-6);
        }
      }
      if (width > 500) expect(Math.max(...far)).toBeGreaterThan(2);
    },
  );

  it('depends on the random numbers alone', () => {
    expect(planResampling(300, 200, seeded(4))).toEqual(planResampling(300, 200, seeded(4)));
  });

  it('leaves shifts that differ by pixels from place to place, whatever affine mapping is subtracted', () => {
    for (const seed of [11, 503, 90_001]) {
      const resampling = planResampling(1280, 720, seeded(seed));
      // An affine mapping has no second differences.
      const second: number[] = [];
      for (let y = 150; y + 150 < resampling.height; y += 50) {
        for (let x = 150; x + 150 < resampling.width; x += 50) {
          const [before, here, after] = [-150, 0, 150].map((d) => sourceOf([x + d, y], resampling)[0]);
          second.push(before! - 2 * here! + after!);
        }
      }
      const rms = Math.sqrt(second.reduce((sum, value) => sum + value * value, 0) / second.length);
      expect(rms).toBeGreaterThan(1);
    }
  });
});

describe('resample', () => {
  it.each(SIZES)('leaves one colour as it is, %i × %i', (width, height) => {
    const plain = image(width, height, 3, (_x, _y, c) => 40 + 70 * c);
    const resampling = planResampling(width, height, seeded(3));
    const result = resample(plain, resampling);
    const expected = image(resampling.width, resampling.height, 3, (_x, _y, c) => 40 + 70 * c);
    expect([result.width, result.height, result.channels]).toEqual([expected.width, expected.height, 3]);
    expect(Buffer.compare(result.data, expected.data)).toBe(0);
  });

  it('takes each pixel from where sourceOf says', () => {
    const ramp = image(256, 200, 3, (x, y, c) => [x, y, 255 - x][c] as number);
    const resampling = planResampling(256, 200, seeded(5));
    const { data, width } = resample(ramp, resampling);
    for (const [x, y] of [
      [100, 100],
      [40, 150],
      [200, 30],
    ] as const) {
      const [sx, sy] = sourceOf([x + 0.5, y + 0.5], resampling);
      const at = (y * width + x) * 3;
      expect(Math.abs((data[at] as number) - (sx - 0.5))).toBeLessThanOrEqual(0.55);
      expect(Math.abs((data[at + 1] as number) - (sy - 0.5))).toBeLessThanOrEqual(0.55);
    }
  });

  it('does not let out colours behind transparent pixels', () => {
    const half = image(64, 64, 4, (x, _y, c) => (x < 32 ? [255, 0, 0, 0][c] : [0, 0, 200, 255][c]) as number);
    const { data } = resample(half, planResampling(64, 64, seeded(9)));
    for (let i = 0; i < data.length; i += 4) expect(data[i]).toBe(0);
  });
});

describe('mapPolygon', () => {
  it('holds every pixel that contributes to a pixel of the polygon', () => {
    const random = seeded(11);
    for (let round = 0; round < 30; round++) {
      const [width, height] = [300 + random() * 2000, 200 + random() * 1500].map(Math.round) as [
        number,
        number,
      ];
      const resampling = planResampling(width, height, random);
      const centre: Point = [random() * width, random() * height];
      const polygon = convexHull(
        Array.from({ length: 8 }, (): Point => [
          centre[0] + (random() - 0.5) * 300,
          centre[1] + (random() - 0.5) * 300,
        ]),
      );
      const mapped = mapPolygon(polygon, resampling);
      for (let k = 0; k < 400; k++) {
        const point: Point = [centre[0] + (random() - 0.5) * 320, centre[1] + (random() - 0.5) * 320];
        if (isInside(polygon, sourceOf(point, resampling))) expect(isInside(mapped, point)).toBe(true);
      }
    }
  });

  it('holds every pixel of the result that a painted pixel of the polygon changes', () => {
    const random = seeded(17);
    for (let round = 0; round < 6; round++) {
      const [width, height] = [40 + Math.floor(random() * 200), 40 + Math.floor(random() * 200)];
      const resampling = planResampling(width, height, random);
      const corner = (): Point => [random() * width, random() * height];
      const polygon = convexHull([corner(), corner(), corner()]);
      const black = image(width, height, 3, () => 0);
      const painted = image(width, height, 3, (x, y) => (isInside(polygon, [x + 0.5, y + 0.5]) ? 255 : 0));
      const [before, after] = [resample(black, resampling), resample(painted, resampling)];
      const mapped = mapPolygon(polygon, resampling);
      after.data.forEach((value, i) => {
        if (value === before.data[i]) return;
        const pixel = Math.floor(i / 3);
        const [x, y] = [pixel % after.width, Math.floor(pixel / after.width)];
        expect(isInside(mapped, [x + 0.5, y + 0.5])).toBe(true);
      });
    }
  });
});
