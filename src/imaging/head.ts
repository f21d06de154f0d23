import type { Box, Point, Polygon } from '../core/geometry.js';

/** An ellipse around a face, in multiples of the face's box. */
export interface HeadShape {
  /** Of the whole ellipse, as is the height. */
  readonly width: number;
  readonly height: number;
  /** How far its middle lies above the middle of the face, as a share of the box's height. */
  readonly shiftUp: number;
}

/** Shifted up, as hair reaches further than the chin; only a little, as a turned face has its hair elsewhere. */
const HEAD: HeadShape = { width: 1.5, height: 1.7, shiftUp: 0.07 };
const HEAD_CORNERS = 16;
/** Neither half axis is shorter than this, in pixels. */
const LEAST_AXIS = 2;

/** The head around a face: a 16-gon drawn around its ellipse, so that nothing of the ellipse is cut off. */
export function headPolygon(face: Box, shape = HEAD): Polygon {
  const outside = 1 / Math.cos(Math.PI / HEAD_CORNERS);
  const rx = Math.max(LEAST_AXIS, (face.width * shape.width) / 2) * outside;
  const ry = Math.max(LEAST_AXIS, (face.height * shape.height) / 2) * outside;
  const cx = face.x + face.width / 2;
  const cy = face.y + face.height * (0.5 - shape.shiftUp);
  return Array.from({ length: HEAD_CORNERS }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / HEAD_CORNERS;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}
