import { eachOnce } from '../../core/each-once.js';
import { boxIou, boxPolygon, type Box } from '../../core/geometry.js';
import { isInside } from '../../imaging/convex.js';
import { headPolygon } from '../../imaging/head.js';
import type { SeenFace } from './seen-face.js';

/** A face in pixels of the photo, and the scale at which the network saw it. */
export interface LookedAtFace extends SeenFace {
  /** Pixels of the network's input per pixel of the photo: all looks at one scale count as one witness. */
  readonly scale: number;
}

/** The lowest scores at which a face counts; chosen on other photos than those measured in docs/EVALUATION.md. */
export interface FaceThresholds {
  /** For a large face: the score of its surest look. */
  readonly large: number;
  /** For a small face: the score of all looks together. */
  readonly small: number;
  /** A face is large when its longer side is at least this share of the photo's. */
  readonly largeFrom: number;
}

/** Boxes that overlap more than this (intersection over union) show the same face. */
const SAME_FACE = 0.45;

/**
 * The faces that count, best first, each once. All boxes of a face vote on where it is ("box voting", Gidaris and
 * Komodakis 2015). No single look is sure of a small face, but several see it: they count as independent witnesses. A
 * large face is too large for the closer looks.
 * @param photoSide longer side of the photo, in pixels
 */
export function selectFaces(
  seen: readonly LookedAtFace[],
  photoSide: number,
  thresholds: FaceThresholds,
): SeenFace[] {
  const believed: SeenFace[] = [];
  for (const { box, scores } of joinBoxes(seen)) {
    const isLarge = Math.max(box.width, box.height) >= thresholds.largeFrom * photoSide;
    const score = isLarge ? Math.max(...scores) : noisyOr(scores);
    if (score >= (isLarge ? thresholds.large : thresholds.small)) believed.push({ box, score });
  }
  return eachOnce(believed, (surer, face) => isPartOf(face, surer));
}

/** The chance that at least one of several independent witnesses is right. */
function noisyOr(scores: readonly number[]): number {
  return 1 - scores.reduce((rest, score) => rest * (1 - score), 1);
}

/** Replaces boxes that overlap the best of them by their mean, weighted by score, with the best score of each scale. */
function joinBoxes(faces: readonly LookedAtFace[]) {
  const joined: { readonly box: Box; readonly scores: readonly number[] }[] = [];
  let rest = [...faces].sort((a, b) => b.score - a.score);
  for (let best = rest.shift(); best; best = rest.shift()) {
    const { box } = best;
    const isSame = (face: SeenFace) => boxIou(face.box, box) > SAME_FACE;
    const same = [best, ...rest.filter(isSame)];
    // Best first, so that the first of a scale is its best.
    const scales = new Set(same.map(({ scale }) => scale));
    const scores = [...scales].map((scale) => same.find((face) => face.scale === scale)?.score ?? 0);
    joined.push({ box: meanBox(same), scores });
    rest = rest.filter((face) => !isSame(face));
  }
  return joined;
}

function meanBox(faces: readonly SeenFace[]): Box {
  const total = faces.reduce((sum, { score }) => sum + score, 0);
  const mean = (side: (box: Box) => number) =>
    faces.reduce((sum, { box, score }) => sum + side(box) * score, 0) / total;
  return {
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
    width: mean(({ width }) => width),
    height: mean(({ height }) => height),
  };
}

/** Whether a box is an ear or eye taken for a face of its own: it lies in the head around a larger, surer face. */
export function isPartOf({ box }: { readonly box: Box }, { box: surer }: { readonly box: Box }): boolean {
  if (box.width * box.height >= surer.width * surer.height) return false;
  const head = headPolygon(surer);
  return boxPolygon(box).every((corner) => isInside(head, corner));
}
