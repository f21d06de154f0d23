import { clipHalfPlane, clipToBox, type Box, type Point, type Polygon } from '../core/geometry.js';
import { polygonArea } from '../core/geometry.js';

/** The part that two convex polygons share; empty when they share no area. Either winding is accepted. */
export function intersectConvex(subject: Polygon, clip: Polygon): Polygon {
  const sign = signedArea(clip) >= 0 ? 1 : -1;
  let left = subject;
  for (let i = 0, j = clip.length - 1; i < clip.length && left.length > 0; j = i++) {
    const [px, py] = clip[j] as Point;
    const [qx, qy] = clip[i] as Point;
    // Inside is where sign · cross(q − p, point − p) ≥ 0.
    const a = sign * (qy - py);
    const b = -sign * (qx - px);
    left = clipHalfPlane(left, a, b, a * px + b * py);
  }
  return left.length >= 3 ? left : [];
}

/** The area that a convex polygon has inside a box, in square pixels. */
export function areaInBox(polygon: Polygon, box: Box): number {
  return polygonArea(clipToBox(polygon, box));
}

/**
 * What is left of a convex polygon around a box, as at most four convex pieces that do not overlap:
 * left of it, right of it, above it, below it.
 */
export function subtractBox(polygon: Polygon, box: Box): Polygon[] {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const middle = clipHalfPlane(clipHalfPlane(polygon, -1, 0, -box.x), 1, 0, right);
  return [
    clipHalfPlane(polygon, 1, 0, box.x),
    clipHalfPlane(polygon, -1, 0, -right),
    clipHalfPlane(middle, 0, 1, box.y),
    clipHalfPlane(middle, 0, -1, -bottom),
  ].filter((piece) => piece.length >= 3);
}

/** The smallest box with whole-pixel edges around a box. */
export function snapOutward(box: Box): Box {
  const x = Math.floor(box.x);
  const y = Math.floor(box.y);
  return { x, y, width: Math.ceil(box.x + box.width) - x, height: Math.ceil(box.y + box.height) - y };
}

function signedArea(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    twice += xj * yi - xi * yj;
  }
  return twice;
}
