import { boxIou, type Box } from '../../core/geometry.js';

/** A face as one look saw it: in pixels of the network's input while it is decoded, then of the photo. */
export interface SeenFace {
  readonly box: Box;
  /** 0–1, as the network gives it. */
  readonly score: number;
}

/** From which scores on a face is believed; chosen on photos that the network was not trained on. */
export interface FaceThresholds {
  /** The own network alone. */
  readonly own: number;
  /** The own network where the second one sees a face too. */
  readonly ownConfirmed: number;
  /** From here on the second network confirms. */
  readonly confirms: number;
}

/** Two boxes of the same face; the weaker one covers nothing new. */
const SAME_FACE = 0.45;
/** Two networks draw their boxes differently. */
const CONFIRMING_IOU = 0.3;

/** The own network's faces to believe, best first, each once. Where a second network agrees, less is enough. */
export function selectFaces(
  own: readonly SeenFace[],
  second: readonly SeenFace[],
  thresholds: FaceThresholds,
): SeenFace[] {
  const confirming = second.filter(({ score }) => score >= thresholds.confirms);
  const isConfirmed = ({ box }: SeenFace) =>
    confirming.some((other) => boxIou(other.box, box) > CONFIRMING_IOU);
  const believed = own.filter(
    (face) => face.score >= thresholds.own || (face.score >= thresholds.ownConfirmed && isConfirmed(face)),
  );
  const kept: SeenFace[] = [];
  for (const face of believed.sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => boxIou(box, face.box) > SAME_FACE)) kept.push(face);
  }
  return kept;
}
