import { DETECTION_KINDS, type Detection, type Redaction } from '../core/detection.js';
import { ImageDeidError } from '../core/errors.js';
import { boundingBox, boxPolygon, type Box, type Polygon } from '../core/geometry.js';
import { areaInBox, clipToBox, polygonArea, snapOutward, subtractBox } from '../imaging/convex.js';
import type { KeptBack, RedactionPlan, RedactionPolicy } from './contract.js';
import { growDetection } from './grow.js';
import { mergeRegions, type Region } from './merge.js';

export type { KeptBack, RedactionPlan, RedactionPolicy } from './contract.js';

/**
 * Decides what is covered: every detection is grown as far as the extent says, cut to the image, cut around the kept
 * regions (which win over tattoos, text and codes, and over faces only when the policy says so) and merged with others of
 * the same thing. Kept regions count in whole pixels, edges outward. Left out are text that is allowed and, unless the
 * extent is wide, single features of a face.
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
  const regions: Region[] = [];
  for (const detection of detections) {
    assertFinite(detection);
    if (detection.allowed || (detection.feature && policy.extent !== 'wide')) continue;
    const whole = clipToBox(growDetection(detection, policy.extent ?? 'usual'), frame);
    if (whole.length < 3) continue;
    const isFace = detection.kind === 'face' && !detection.feature;
    const keepWins = !isFace || policy.allowFaceInKeep;
    // A margin that is trimmed shows nothing of what was detected; of a head, every part counts.
    const counted = isFace ? whole : clipToBox(detection.polygon, frame);
    // A single feature that stays open is told as such.
    if (!detection.feature && keep.some((box) => areaInBox(counted, box) > 0)) {
      keptBack.push(describe(detection, keepWins, shareInKeep(detection, keep)));
    }
    const pieces = keepWins ? cutAround(whole, keep) : [whole];
    for (const piece of pieces) {
      const polygon = withoutSliver(piece);
      if (polygon) regions.push({ kinds: new Set([detection.kind]), polygon });
    }
  }
  return { redactions: mergeRegions(regions, keep).map(toRedaction), keptBack };
}

function assertFinite({ box, polygon }: Detection): void {
  const numbers = [box.x, box.y, box.width, box.height, ...polygon.flat()];
  if (polygon.length > 0 && numbers.every(Number.isFinite)) return;
  throw new ImageDeidError('detector-failed', 'plan', 'Expected a region in finite pixels but received none');
}

/** Kept regions that overlap count twice, which errs towards more. */
function shareInKeep({ kind, box, polygon }: Detection, keep: readonly Box[]): number {
  const seen = kind === 'face' ? boxPolygon(box) : polygon;
  const area = polygonArea(seen);
  return area === 0 ? 1 : Math.min(1, keep.reduce((sum, kept) => sum + areaInBox(seen, kept), 0) / area);
}

function describe({ kind }: Detection, shown: boolean, share: number): KeptBack {
  const reason = shown
    ? `A part of a detected ${kind} lies in a kept region and stays visible`
    : `A ${kind} reaches into a kept region; the ${kind} was covered, and that part of the region with it`;
  return { kind, shown, share, reason };
}

function cutAround(polygon: Polygon, keep: readonly Box[]): Polygon[] {
  let pieces: Polygon[] = [polygon];
  for (const box of keep) {
    pieces = pieces.flatMap((piece) => (areaInBox(piece, box) > 0 ? subtractBox(piece, box) : [piece]));
  }
  return pieces;
}

/** A piece below one square pixel becomes the whole pixels it touches; one that touches none has no area at all. */
function withoutSliver(polygon: Polygon): Polygon | undefined {
  if (polygonArea(polygon) >= 1) return polygon;
  const { x, y, width, height } = boundingBox(polygon);
  if (width === 0 || height === 0) return undefined;
  return boxPolygon(snapOutward({ x, y, width, height }));
}

function toRedaction({ kinds, polygon }: Region): Redaction {
  return { kinds: DETECTION_KINDS.filter((kind) => kinds.has(kind)), box: boundingBox(polygon), polygon };
}
