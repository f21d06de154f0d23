import { boxIou, boxPolygon, isInside, type Box } from '../../core/geometry.js';
import { headPolygon } from '../../core/head.js';

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

/** Two boxes of the same face. */
const SAME_FACE = 0.45;
/** Two networks draw their boxes differently. */
const CONFIRMING_IOU = 0.3;

/**
 * The own network's faces to believe, best first, each once. Where a second network agrees, less is enough. All boxes of a
 * face vote on where it is ("box voting", Gidaris and Komodakis 2015).
 */
export function selectFaces(
  own: readonly SeenFace[],
  second: readonly SeenFace[],
  thresholds: FaceThresholds,
): SeenFace[] {
  const confirming = second.filter(({ score }) => score >= thresholds.confirms);
  const isBelieved = ({ box, score }: SeenFace) =>
    score >= thresholds.own ||
    (score >= thresholds.ownConfirmed && confirming.some((other) => boxIou(other.box, box) > CONFIRMING_IOU));
  const kept: SeenFace[] = [];
  for (const face of joinBoxes(own).filter(isBelieved)) {
    if (!kept.some((surer) => isPartOf(face, surer))) kept.push(face);
  }
  return kept;
}

/** One box for all that overlap the best one of them: their mean, weighted by score. Best first. */
function joinBoxes(faces: readonly SeenFace[]): SeenFace[] {
  const joined: SeenFace[] = [];
  let rest = [...faces].sort((a, b) => b.score - a.score);
  for (let best = rest.shift(); best; best = rest.shift()) {
    const { box, score } = best;
    const isSame = (face: SeenFace) => boxIou(face.box, box) > SAME_FACE;
    joined.push({ box: meanBox([best, ...rest.filter(isSame)]), score });
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

/** An ear or an eye, taken for a face of its own: it lies in the head around a larger and surer face, and is covered with it. */
function isPartOf({ box }: SeenFace, { box: surer }: SeenFace): boolean {
  if (box.width * box.height >= surer.width * surer.height) return false;
  const head = headPolygon(surer);
  return boxPolygon(box).every((corner) => isInside(head, corner));
}
