import type { Detection, DetectionKind } from '../core/detection.js';
import { boundingBox, boxPolygon, type Box } from '../core/geometry.js';
import { clipToBox, polygonArea } from '../imaging/convex.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How much to keep around the kept regions, as a share of their longer side: a lesion is judged with the skin around
 * it.
 */
const CONTEXT = 0.15;
/** The least context, in pixels. */
const LEAST_CONTEXT = 16;

/**
 * The kept regions with their surroundings, in whole pixels of the photo. Undefined when no kept region lies in the
 * photo, because the lesion's place is not guessed, and when the result would be the whole photo.
 */
export function cropAroundKeep(keep: readonly Box[], { width, height }: Size): Box | undefined {
  const whole = { x: 0, y: 0, width, height };
  const inside = keep.flatMap((box) => clipToBox(boxPolygon(box), whole));
  if (inside.length === 0) return undefined;
  const box = boundingBox(inside);
  const context = Math.max(LEAST_CONTEXT, CONTEXT * Math.max(box.width, box.height));
  const x = Math.max(0, Math.floor(box.x - context));
  const y = Math.max(0, Math.floor(box.y - context));
  const crop = {
    x,
    y,
    width: Math.min(width, Math.ceil(box.x + box.width + context)) - x,
    height: Math.min(height, Math.ceil(box.y + box.height + context)) - y,
  };
  return crop.width === width && crop.height === height ? undefined : crop;
}

/**
 * How many detections of each kind, except single features, a crop would remove: not one square pixel of them lies in
 * it.
 */
export function goneByCrop(
  detections: readonly Detection[],
  crop: Box,
): Readonly<Partial<Record<DetectionKind, number>>> {
  const gone: Partial<Record<DetectionKind, number>> = {};
  for (const { kind, polygon, feature } of detections) {
    if (feature) continue;
    const inside = clipToBox(polygon, crop);
    if (inside.length >= 3 && polygonArea(inside) >= 1) continue;
    gone[kind] = (gone[kind] ?? 0) + 1;
  }
  return gone;
}
