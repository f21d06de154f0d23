import type { Detection } from '../core/detection.js';
import { boundingBox, type Box } from '../core/geometry.js';

/** How far a ruler goes on beyond its numbers, in heights of its largest line, and as a share of their extent. */
const [HEIGHTS_AROUND, SHARE_AROUND] = [3, 0.15];

/** Where a ruler lies whose numbers are allowed to stay: they, and as much around them as its ticks need. */
export function rulerArea(detections: readonly Detection[]): Box | undefined {
  const numbers = detections.filter(({ allowed }) => allowed);
  if (numbers.length === 0) return undefined;
  const { x, y, width, height } = boundingBox(numbers.flatMap(({ polygon }) => polygon));
  const line = Math.max(...numbers.map(({ box }) => Math.min(box.width, box.height)));
  const around = HEIGHTS_AROUND * line + SHARE_AROUND * Math.max(width, height);
  return { x: x - around, y: y - around, width: width + 2 * around, height: height + 2 * around };
}
