import type { Detection } from '../core/detection.js';
import { boundingBox, boxPolygon, convexHull, type Box, type Point, type Polygon } from '../core/geometry.js';

/** Full width and height of the head's ellipse, as multiples of the face's box. */
const HEAD_WIDTH = 1.5;
const HEAD_HEIGHT = 1.7;
/** Hair reaches further than the chin; small, because a turned face has its hair elsewhere. Share of the height. */
const HEAD_SHIFT_UP = 0.07;
const HEAD_CORNERS = 16;

/** Pixels around text, codes and tattoos: the soft edge of ink after demosaicing and JPEG. */
const MARGIN = 2;
/** Share of a tattoo's shorter side: fading lines at its border are often missed. */
const TATTOO_MARGIN = 0.05;

/**
 * The convex polygon that has to be covered for a detection to be unrecognisable; always holds the detection's box
 * (a face) or polygon (everything else). May reach beyond the image.
 */
export function growDetection(detection: Detection): Polygon {
  if (detection.kind === 'face') {
    return headPolygon(boundingBox([...boxPolygon(detection.box), ...detection.polygon]));
  }
  const { width, height } = boundingBox(detection.polygon);
  const share = detection.kind === 'tattoo' ? TATTOO_MARGIN : 0;
  return growBy(detection.polygon, Math.max(MARGIN, share * Math.min(width, height)));
}

/** A 16-gon drawn around the ellipse, so that nothing of the ellipse is cut off. */
function headPolygon(face: Box): Polygon {
  const outside = 1 / Math.cos(Math.PI / HEAD_CORNERS);
  const rx = Math.max(MARGIN, (face.width * HEAD_WIDTH) / 2) * outside;
  const ry = Math.max(MARGIN, (face.height * HEAD_HEIGHT) / 2) * outside;
  const cx = face.x + face.width / 2;
  const cy = face.y + face.height * (0.5 - HEAD_SHIFT_UP);
  return Array.from({ length: HEAD_CORNERS }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / HEAD_CORNERS;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** The Minkowski sum with a square of half-side `margin`: at least that far in every direction. */
function growBy(polygon: Polygon, margin: number): Polygon {
  return convexHull(
    polygon.flatMap(([x, y]): Point[] => [
      [x - margin, y - margin],
      [x + margin, y - margin],
      [x + margin, y + margin],
      [x - margin, y + margin],
    ]),
  );
}
