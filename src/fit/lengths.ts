import type { Box, Point } from '../core/geometry.js';

/** What a length in the source is worth in the result. */
export interface Lengths {
  /** Pixels of the result for one of the source. */
  readonly scale: number;
  /** How far a length may be off that, as a share of it: the most anywhere and in any direction. */
  readonly error: number;
}

/** Places along each side of a box at which lengths are compared, and unit vectors along which they lie. */
const PLACES = 48;
const DIRECTIONS = Array.from({ length: 8 }, (_, k): Point => {
  const angle = (Math.PI * k) / 8;
  return [Math.cos(angle), Math.sin(angle)];
});

/**
 * Lengths in the given areas of the source, all of which are measured alike.
 * @param boxes in pixels of the source
 * @param move where a point of the source comes to lie; smooth over a pixel
 */
export function measureLengths(boxes: readonly Box[], move: (point: Point) => Point): Lengths {
  const ratios: number[] = [];
  for (const { x, y, width, height } of boxes) {
    for (let i = 0; i < PLACES * PLACES; i++) {
      const at: Point = [
        x + (((i % PLACES) + 0.5) / PLACES) * width,
        y + ((Math.floor(i / PLACES) + 0.5) / PLACES) * height,
      ];
      // Smooth over a pixel, so two steps tell every direction.
      const [from, right, down] = [at, [at[0] + 1, at[1]] as const, [at[0], at[1] + 1] as const].map(
        move,
      ) as [Point, Point, Point];
      for (const [cos, sin] of DIRECTIONS) {
        const dx = cos * (right[0] - from[0]) + sin * (down[0] - from[0]);
        const dy = cos * (right[1] - from[1]) + sin * (down[1] - from[1]);
        ratios.push(Math.hypot(dx, dy));
      }
    }
  }
  const least = ratios.reduce((least, ratio) => Math.min(least, ratio), Infinity);
  const most = ratios.reduce((most, ratio) => Math.max(most, ratio), 0);
  const scale = (least + most) / 2;
  return { scale, error: scale > 0 ? (most - least) / 2 / scale : 0 };
}
