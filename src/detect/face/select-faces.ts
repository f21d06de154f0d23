import { boxIou, type Box } from '../../core/geometry.js';

/** A face as one network saw it in one view, in pixels of the photo. */
export interface SeenFace {
  readonly box: Box;
  /** 0–1, as the network gives it. */
  readonly score: number;
  /** From which score on this network is believed in this view. */
  readonly believedFrom: number;
  /** Below it, another look has to see something too. */
  readonly believedAloneFrom: number;
  /** Network and scale: two faces with different looks were seen independently. */
  readonly look: string;
}

/** Two boxes of the same face; the weaker one covers nothing new. */
const SAME_FACE = 0.5;
/** Share of the photo's width or height from which a face is large: skin that fills the frame is often taken for one. */
const LARGE = 0.5;
/** What a second look at a large face must see at least, and at another one that is doubtful. */
const CONFIRMS_LARGE = 0.7;
const CONFIRMS = 0.3;
const CONFIRMING_IOU = 0.4;

/**
 * The faces to believe, best first, each once. A large face counts only when it was seen in two ways: measured on
 * photos of skin diseases, that takes two thirds of what was covered for nothing and loses few faces
 * (docs/EVALUATION.md). A doubtful one needs a hint at least.
 */
export function selectFaces<T extends SeenFace>(
  seen: readonly T[],
  photo: { width: number; height: number },
): T[] {
  const isLarge = ({ box }: T) => Math.max(box.width / photo.width, box.height / photo.height) >= LARGE;
  const isConfirmed = ({ look, box }: T, from: number) =>
    seen.some(
      (other) => other.look !== look && other.score >= from && boxIou(other.box, box) > CONFIRMING_IOU,
    );
  const isBelieved = (face: T) => {
    if (face.score < face.believedFrom) return false;
    if (isLarge(face)) return isConfirmed(face, CONFIRMS_LARGE);
    return face.score >= face.believedAloneFrom || isConfirmed(face, CONFIRMS);
  };
  const believed = seen.filter(isBelieved);
  const kept: T[] = [];
  for (const face of [...believed].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => boxIou(box, face.box) > SAME_FACE)) kept.push(face);
  }
  return kept;
}
