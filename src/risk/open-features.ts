import type { Detection, FaceFeature, Redaction } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import { isInside } from '../imaging/convex.js';

/** A single feature of a face that is not covered. */
export interface OpenFeature {
  readonly feature: FaceFeature;
  readonly box: Box;
  /** Only for a sure eye: the width of its iris, in pixels of the photo; it is not known whether the eye is shut. */
  readonly iris?: number;
}

/**
 * Width of an iris ÷ longer side of an eye with its brow. An iris is 11.7 mm wide (Rüfer, Schröder and Erb 2005), an
 * eye some 30 mm, and a brow half as long again as the eye.
 */
const IRIS_SHARE = 0.25;
/** From this score on, an eye counts as having an iris; weaker ones are often folds of skin, but are still reported. */
const SURE_EYE = 0.25;

/** Every single feature of a frame, except those whose inner half lies wholly under one redaction. */
export function openFeatures(
  detections: readonly Detection[],
  redactions: readonly Redaction[],
): OpenFeature[] {
  return detections.flatMap(({ feature, box, score }): OpenFeature[] => {
    if (!feature || redactions.some(({ polygon }) => innerHalf(box).every((p) => isInside(polygon, p))))
      return [];
    if (feature !== 'eye' || score < SURE_EYE) return [{ feature, box }];
    return [{ feature, box, iris: IRIS_SHARE * Math.max(box.width, box.height) }];
  });
}

function innerHalf({ x, y, width, height }: Box) {
  return boxPolygon({ x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 });
}

/**
 * An iris at least this many pixels across can be compared with others. For authentication, 150 are required (MOSIP,
 * after ISO/IEC 19794-6:2011, annex B); this is two thirds of that, because attackers may enlarge it and need not
 * decide at once.
 */
const READABLE_IRIS = 100;

/** The widest iris that can be read; undefined when there is none. */
export function readableIris(features: readonly OpenFeature[]): number | undefined {
  const widest = Math.max(0, ...features.map(({ iris = 0 }) => iris));
  return widest >= READABLE_IRIS ? widest : undefined;
}
