import type { Detection } from '../core/detection.js';
import { boundingBox, boxPolygon, growPolygon, type Polygon } from '../core/geometry.js';
import { headPolygon } from '../core/head.js';

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
  return growPolygon(detection.polygon, Math.max(MARGIN, share * Math.min(width, height)));
}
