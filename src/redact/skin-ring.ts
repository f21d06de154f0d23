import type { SkinArea } from '../core/detection.js';
import type { Point, Polygon } from '../core/geometry.js';
import { clipHalfPlane, convexHull } from '../imaging/convex.js';

/**
 * Covers a convex outline but for a star-shaped area of skin inside it: one convex piece between each two neighbouring
 * rays, from the skin outward. Skin that reaches beyond the outline moves it out.
 */
export function ringAround({ centre, corners }: SkinArea, outline: Polygon): Polygon[] {
  const outer = convexHull([...outline, ...corners]);
  const ray = (index: number): Point => {
    const angle = (2 * Math.PI * index) / corners.length;
    return [Math.cos(angle), Math.sin(angle)];
  };
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] as Point;
    const sector = onTheLeft(onTheRight(outer, centre, ray(index)), centre, ray(index + 1));
    const piece = onTheLeft(sector, corner, [next[0] - corner[0], next[1] - corner[1]]);
    return piece.length >= 3 ? [piece] : [];
  });
}

/** The part of a convex polygon on the right of a line, on screen, as seen along its direction. */
function onTheRight(polygon: Polygon, [x, y]: Point, [dx, dy]: Point): Polygon {
  return clipHalfPlane(polygon, dy, -dx, dy * x - dx * y);
}

function onTheLeft(polygon: Polygon, from: Point, [dx, dy]: Point): Polygon {
  return onTheRight(polygon, from, [-dx, -dy]);
}
