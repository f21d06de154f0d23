import type { Point } from '../../dist/core/geometry.js';
import type { PixelImage } from '../../dist/core/image.js';

/** One value per pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Numbers in (0, 1), the same for the same seed (Park and Miller 1988). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

const cubic = (distance: number) => {
  const d = Math.abs(distance);
  if (d < 1) return 1.5 * d ** 3 - 2.5 * d * d + 1;
  return d < 2 ? -0.5 * d ** 3 + 2.5 * d * d - 4 * d + 2 : 0;
};

export function sample(
  {
    width,
    height,
    data,
  }: { readonly width: number; readonly height: number; readonly data: ArrayLike<number> },
  x: number,
  y: number,
  channels: number,
): number[] {
  const [left, top] = [Math.floor(x), Math.floor(y)] as const;
  const sum = Array.from({ length: channels }, () => 0);
  for (let r = -1; r <= 2; r++) {
    const row = Math.min(height - 1, Math.max(0, top + r)) * width;
    const down = cubic(top + r - y);
    for (let k = -1; k <= 2; k++) {
      const at = (row + Math.min(width - 1, Math.max(0, left + k))) * channels;
      const share = down * cubic(left + k - x);
      for (let c = 0; c < channels; c++) sum[c]! += share * data[at + c]!;
    }
  }
  return sum;
}

export const luma = ({ width, height, data }: PixelImage): Plane => ({
  width,
  height,
  data: Float32Array.from(
    { length: width * height },
    (_, p) => 0.299 * data[p * 3]! + 0.587 * data[p * 3 + 1]! + 0.114 * data[p * 3 + 2]!,
  ),
});

interface Axis {
  mean: number;
  across: number;
  down: number;
}

/** The affine mapping closest, by least squares, to where a photo's points come from: no search finds a better one. */
export function closestAffine(
  width: number,
  height: number,
  from: (point: Point) => Point,
): (point: Point) => Point {
  const PLACES = 40;
  const axes = [0, 1].map(() => ({ mean: 0, across: 0, down: 0 })) as [Axis, Axis];
  let spread = 0;
  for (let j = 0; j < PLACES; j++) {
    for (let i = 0; i < PLACES; i++) {
      const [x, y] = [(i + 0.5) / PLACES - 0.5, (j + 0.5) / PLACES - 0.5] as const;
      const point = from([(x + 0.5) * width, (y + 0.5) * height]);
      spread += x * x;
      axes.forEach((axis, c) => {
        const at = point[c] ?? NaN;
        axis.mean += at / PLACES ** 2;
        axis.across += at * x;
        axis.down += at * y;
      });
    }
  }
  return ([x, y]) => {
    const along = ({ mean, across, down }: Axis) =>
      mean + (across * (x / width - 0.5) + down * (y / height - 0.5)) / spread;
    return [along(axes[0]), along(axes[1])];
  };
}
