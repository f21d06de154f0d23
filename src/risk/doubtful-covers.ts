import type { Detection, DetectionKind, Redaction } from '../core/detection.js';
import { middleOf, type Box } from '../core/geometry.js';
import { areaInBox, isInside } from '../imaging/convex.js';

/** Photos of a lesion have it in the middle: the inner half of their width and of their height. */
const MIDDLE = 0.5;
/** Smaller shares of the middle hide no lesion that fills a photo. */
const LEAST_SHARE = 0.01;
/**
 * A face without a feature, and ink, count as certain from these scores on. Of ink: the nine lesions of folds 1 and 2
 * that were taken for a tattoo score 0.93 to 0.989 (docs/RISK.md).
 */
const CERTAIN = { face: 0.8, tattoo: 0.99 } as const;

/**
 * The kinds for which something in the middle of a photo was covered, though it may be the lesion: a face in which no
 * feature is sure, ink that is not certain, text that nobody could read, a code that was not read.
 * @param size of the frame, in the pixels of detections and redactions
 */
export function doubtfulCovers(
  detections: readonly Detection[],
  redactions: readonly Redaction[],
  { width, height }: { readonly width: number; readonly height: number },
): DetectionKind[] {
  const edge = (1 - MIDDLE) / 2;
  const middle = { x: edge * width, y: edge * height, width: MIDDLE * width, height: MIDDLE * height };
  const sure = detections.filter((seen) => !isDoubtful(seen));
  const covers = detections.filter(
    (seen) =>
      isDoubtful(seen) &&
      shareOf(seen, middle) >= LEAST_SHARE &&
      isIn(seen, redactions) &&
      // What lies in a face or beside letters that were read is no riddle.
      !isIn(seen, sure),
  );
  return [...new Set(covers.map(({ kind }) => kind))];
}

function isDoubtful({ kind, feature, score, anatomy, textClass, allowed }: Detection): boolean {
  if (feature || allowed) return false;
  if (kind === 'code') return score < 1;
  if (kind === 'text') return textClass === undefined;
  return score < CERTAIN[kind] && !anatomy?.features.some(({ isSure }) => isSure);
}

function shareOf({ polygon }: Detection, middle: Box): number {
  return areaInBox(polygon, middle) / (middle.width * middle.height);
}

function isIn({ polygon }: Detection, regions: readonly Pick<Redaction, 'polygon'>[]): boolean {
  const point = middleOf(polygon);
  return regions.some((region) => isInside(region.polygon, point));
}
