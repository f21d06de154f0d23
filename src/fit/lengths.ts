import type { Box, Point } from '../core/geometry.js';

/** What a length in the source is worth in the result. */
export interface Lengths {
  /** Pixels of the result for one of the source. */
  readonly scale: number;
  /** How far a length may be off that, as a share of it: the most anywhere and in any direction. */
  readonly error: number;
}

/** Places along each side of a box, and directions, in which lengths are compared. */
const PLACES = 48;
const DIRECTIONS = 8;

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
      const [fx, fy] = move(at);
      for (let k = 0; k < DIRECTIONS; k++) {
        const angle = (Math.PI * k) / DIRECTIONS;
        const [tx, ty] = move([at[0] + Math.cos(angle), at[1] + Math.sin(angle)]);
        ratios.push(Math.hypot(tx - fx, ty - fy));
      }
    }
  }
  const least = ratios.reduce((least, ratio) => Math.min(least, ratio), Infinity);
  const most = ratios.reduce((most, ratio) => Math.max(most, ratio), 0);
  const scale = (least + most) / 2;
  return { scale, error: scale > 0 ? (most - least) / 2 / scale : 0 };
}
