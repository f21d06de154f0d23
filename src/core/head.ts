import type { Box, Point, Polygon } from './geometry.js';

/** Full width and height of the head's ellipse, as multiples of the face's box. */
const HEAD_WIDTH = 1.5;
const HEAD_HEIGHT = 1.7;
/** Hair reaches further than the chin; small, because a turned face has its hair elsewhere. Share of the height. */
const HEAD_SHIFT_UP = 0.07;
const HEAD_CORNERS = 16;
/** Half axes of the smallest face, in pixels. */
const LEAST_AXIS = 2;

/** The head around a face: a 16-gon drawn around its ellipse, so that nothing of the ellipse is cut off. */
export function headPolygon(face: Box): Polygon {
  const outside = 1 / Math.cos(Math.PI / HEAD_CORNERS);
  const rx = Math.max(LEAST_AXIS, (face.width * HEAD_WIDTH) / 2) * outside;
  const ry = Math.max(LEAST_AXIS, (face.height * HEAD_HEIGHT) / 2) * outside;
  const cx = face.x + face.width / 2;
  const cy = face.y + face.height * (0.5 - HEAD_SHIFT_UP);
  return Array.from({ length: HEAD_CORNERS }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / HEAD_CORNERS;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}
