import type { Box, Point } from '../core/geometry.js';

/** Points spread evenly over a box, row by row: the middles of `perSide` × `perSide` equal parts. */
export function gridPoints({ x, y, width, height }: Box, perSide: number): Point[] {
  return Array.from({ length: perSide ** 2 }, (_, i): Point => {
    const across = ((i % perSide) + 0.5) / perSide;
    const down = (Math.floor(i / perSide) + 0.5) / perSide;
    return [x + across * width, y + down * height];
  });
}
