import type { Detection } from '../core/detection.js';
import { boundingBox, middleOf, type Box, type Point } from '../core/geometry.js';
import { minAreaRect } from '../imaging/rotated-rect.js';

/** How far a ruler goes on beyond its numbers, in heights of its largest line, and as a share of their extent. */
const [HEIGHTS_AROUND, SHARE_AROUND] = [3, 0.15];
/** Numbers in a row that are a ruler, though nobody said so; how far off the row one may be, in heights of a line … */
const [LEAST_NUMBERS, OFF_THE_ROW] = [3, 1.5];
/** … and how long the row is at least, for each number after the first: those of a label lie on top of each other. */
const LEAST_SPACING = 1.5;

/**
 * Where a ruler lies: its numbers, and as much around them as its ticks need. Undefined where none is seen.
 * @param isAsked whether the numbers of rulers stay: then what stays is taken for one
 */
export function rulerArea(detections: readonly Detection[], isAsked: boolean): Box | undefined {
  const stay = isAsked ? detections.filter(({ allowed }) => allowed) : [];
  const numbers = stay.length > 0 ? stay : detections.filter(({ textClass }) => textClass === 'number');
  if (numbers.length === 0) return undefined;
  const { x, y, width, height } = boundingBox(numbers.flatMap(({ polygon }) => polygon));
  const line = Math.max(
    ...numbers.map(({ polygon }) => {
      const { length, breadth } = minAreaRect(polygon);
      return Math.min(length, breadth);
    }),
  );
  if (stay.length === 0 && !isRow(numbers, line)) return undefined;
  const around = HEIGHTS_AROUND * line + SHARE_AROUND * Math.max(width, height);
  return { x: x - around, y: y - around, width: width + 2 * around, height: height + 2 * around };
}

/** Whether the middles of at least three lie apart along one line. @param height of a number, in pixels */
function isRow(numbers: readonly Detection[], height: number): boolean {
  if (numbers.length < LEAST_NUMBERS) return false;
  const middles = numbers.map(({ polygon }) => middleOf(polygon));
  const from = middles.reduce((a, b) => (b[0] + b[1] < a[0] + a[1] ? b : a));
  const to = middles.reduce((a, b) => (distance(from, b) > distance(from, a) ? b : a));
  const length = distance(from, to);
  const off = ([x, y]: Point) =>
    Math.abs((to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0])) / length;
  return (
    length >= LEAST_SPACING * height * (numbers.length - 1) &&
    middles.every((middle) => off(middle) <= OFF_THE_ROW * height)
  );
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}
