import { DETECTION_KINDS, type Detection, type Redaction } from '../core/detection.js';
import { ImageDeidError } from '../core/errors.js';
import { boundingBox, boxPolygon, type Box, type Polygon } from '../core/geometry.js';
import { areaInBox, clipToBox, polygonArea, snapOutward, subtractBox } from '../imaging/convex.js';
import type { PlanFinding } from '../core/findings.js';
import type { KeptBack, RedactionPlan, RedactionPolicy } from './contract.js';
import { planFace, type CoverPlan } from './plan-face.js';
import { growDetection } from './grow.js';
import { mergeCovers, type Cover } from './merge.js';

export type { KeptBack, RedactionPlan, RedactionPolicy } from './contract.js';

/**
 * Decides what is covered: every detection is grown as far as the extent says, cut to the image, cut around the kept
 * regions and merged with others of the same thing. Kept regions win over tattoos, text, codes and single features, and
 * in a face over its skin; over its features only when the policy says so. They are rounded outward to whole pixels.
 * Allowed text is left out and, unless the extent is "wide" or features of faces are covered, so are single features.
 * @param image width and height in pixels
 * @throws {ImageDeidError} detector-failed, when a detection's geometry is not a number
 */
export function planRedactions(
  detections: readonly Detection[],
  image: { readonly width: number; readonly height: number },
  policy: RedactionPolicy,
): RedactionPlan {
  const frame: Box = { x: 0, y: 0, width: image.width, height: image.height };
  const keep = policy.keep.map(snapOutward);
  const keptBack: KeptBack[] = [];
  const covers: Cover[] = [];
  for (const [group, detection] of detections.entries()) {
    assertFinite(detection);
    if (detection.allowed || (detection.feature && !coversFeatures(policy))) continue;
    const isFace = detection.kind === 'face' && !detection.feature;
    const { around, always, told } =
      isFace && !policy.allowFaceInKeep
        ? planFace(detection, policy, keep)
        : planOther(detection, policy, keep, frame);
    for (const reason of told) keptBack.push(describe(detection, reason, keep));
    for (const piece of [...around.flatMap((polygon) => cutAround(polygon, keep)), ...always]) {
      const polygon = withoutSliver(clipToBox(piece, frame));
      if (polygon) covers.push({ kinds: new Set([detection.kind]), polygon, ...(isFace && { group }) });
    }
  }
  return { redactions: mergeCovers(covers, keep).map(toRedaction), keptBack };
}

function assertFinite({ box, polygon }: Detection): void {
  const numbers = [box.x, box.y, box.width, box.height, ...polygon.flat()];
  if (polygon.length > 0 && numbers.every(Number.isFinite)) return;
  throw new ImageDeidError({ id: 'error/detector-failed/region', values: {} }, 'plan');
}

/** Where kept regions overlap, the area counts twice, which errs towards a larger share. */
function shareInKeep({ kind, box, polygon }: Detection, keep: readonly Box[]): number {
  const seen = kind === 'face' ? boxPolygon(box) : polygon;
  const area = polygonArea(seen);
  return area === 0 ? 1 : Math.min(1, keep.reduce((sum, kept) => sum + areaInBox(seen, kept), 0) / area);
}

/** Whether single features are covered; otherwise they stay, as they are mostly what the photo is about. */
function coversFeatures({ extent, faces }: RedactionPolicy): boolean {
  return extent === 'wide' || faces === 'features';
}

/** Kept regions win; a single feature that stays open is reported elsewhere, as an open feature. */
function planOther(
  detection: Detection,
  { extent = 'usual' }: RedactionPolicy,
  keep: readonly Box[],
  frame: Box,
): CoverPlan {
  const { kind, feature, polygon } = detection;
  const whole = growDetection(detection, extent);
  // Trimming a margin shows nothing of what was detected, so only the detection counts; for a face, all of the head.
  const counted = kind === 'face' ? whole : clipToBox(polygon, frame);
  const isShown = !feature && keep.some((box) => areaInBox(counted, box) > 0);
  return {
    around: [whole],
    always: [],
    told: isShown ? [{ id: 'plan/shown-in-keep', values: { kind } }] : [],
  };
}

function describe(detection: Detection, reason: PlanFinding, keep: readonly Box[]): KeptBack {
  const shown = reason.id === 'plan/shown-in-keep';
  return { kind: detection.kind, shown, share: shareInKeep(detection, keep), reason };
}

function cutAround(polygon: Polygon, keep: readonly Box[]): Polygon[] {
  let pieces: Polygon[] = [polygon];
  for (const box of keep) {
    pieces = pieces.flatMap((piece) => (areaInBox(piece, box) > 0 ? subtractBox(piece, box) : [piece]));
  }
  return pieces;
}

/** A piece smaller than one square pixel becomes the whole pixels it touches; one without any area is dropped. */
function withoutSliver(polygon: Polygon): Polygon | undefined {
  if (polygon.length < 3) return undefined;
  if (polygonArea(polygon) >= 1) return polygon;
  const { x, y, width, height } = boundingBox(polygon);
  if (width === 0 || height === 0) return undefined;
  return boxPolygon(snapOutward({ x, y, width, height }));
}

function toRedaction({ kinds, polygon, group }: Cover): Redaction {
  return {
    kinds: DETECTION_KINDS.filter((kind) => kinds.has(kind)),
    ...(group !== undefined && { group }),
    box: boundingBox(polygon),
    polygon,
  };
}
