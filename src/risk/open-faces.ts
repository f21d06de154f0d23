import type { Detection, Redaction } from '../core/detection.js';
import { boxPolygon, type Box, type Point } from '../core/geometry.js';
import { intersectConvex, isInside } from '../imaging/convex.js';
import { gridPoints } from '../imaging/grid-points.js';

/** A face of which something is not covered. */
export interface OpenFace {
  /** The uncovered and published share of the face's box, 0–1. */
  readonly share: number;
  /** Whether a feature is uncovered, as far as is known: a face that was not seen close up counts as one. */
  readonly showsFeature: boolean;
  /** Whether a crop has removed what surrounds what is left. */
  readonly isCropped: boolean;
}

/** Points looked at along each side of a box. */
const SAMPLES = 32;
/** Smaller shares of a face are corners that a cover cuts off. */
const NEGLIGIBLE = 0.005;
/** A feature shows when more than this share of its box is uncovered: boxes are rough. */
const FEATURE_SHOWS = 0.1;

/**
 * The faces of a frame of which something is left.
 * @param size of the frame, in the pixels of detections and redactions
 * @param crop the part that is published, unless it is all
 */
export function openFaces(
  detections: readonly Detection[],
  redactions: readonly Redaction[],
  size: { readonly width: number; readonly height: number },
  crop?: Box,
): OpenFace[] {
  const shown = crop ?? { x: 0, y: 0, ...size };
  return detections.flatMap(({ kind, feature, box, anatomy }): OpenFace[] => {
    if (kind !== 'face' || feature) return [];
    const covers = redactions
      .map(({ polygon }) => polygon)
      .filter((p) => intersectConvex(p, boxPolygon(box)).length > 0);
    const share = openShare(box, covers, shown);
    if (share <= NEGLIGIBLE) return [];
    const features = anatomy?.features.filter(({ isSure }) => isSure);
    const showsFeature = features?.some((one) => openShare(one.box, covers, shown) > FEATURE_SHOWS) ?? true;
    return [{ share, showsFeature, isCropped: crop !== undefined }];
  });
}

/** The share of a box that is uncovered and published. */
function openShare(box: Box, covers: readonly (readonly Point[])[], shown: Box): number {
  const open = gridPoints(box, SAMPLES).filter(([x, y]) => {
    const isShown = x >= shown.x && y >= shown.y && x < shown.x + shown.width && y < shown.y + shown.height;
    return isShown && !covers.some((cover) => isInside(cover, [x, y]));
  });
  return open.length / SAMPLES ** 2;
}
