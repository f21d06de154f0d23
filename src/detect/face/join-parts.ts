import type { FaceFeature } from '../../core/detection.js';
import { eachOnce } from '../../core/each-once.js';
import { boundingBox, boxIou, boxPolygon, middleOf, type Box } from '../../core/geometry.js';
import { isInside } from '../../imaging/convex.js';
import { headPolygon } from '../../imaging/head.js';
import type { FacePart } from './decode-parts.js';
import type { SeenFace } from './seen-face.js';

/** The lowest scores at which parts count; chosen on other photos than those measured in docs/EVALUATION.md. */
export interface PartThresholds {
  /** A visible face by itself. */
  readonly face: number;
  /** A visible face that holds two features, each with a score of at least `supporting`. */
  readonly faceWithFeatures: number;
  /** A feature that makes a face together with another, or confirms one. */
  readonly supporting: number;
  /** A single feature. */
  readonly feature: number;
}

/** A feature that no face holds. */
export interface SeenFeature extends SeenFace {
  readonly feature: FaceFeature;
}

/** Boxes that overlap more than this (intersection over union) show the same part. */
const SAME_PART = 0.45;
/** Two features belong to one head only when they are at most this many longer sides of the larger one apart. */
const ONE_HEAD = 2.5;

/**
 * Joins parts into faces, each once, and features that stay single. A face is either seen as such, or made of two
 * features at different places in one head.
 * @param isConfirmed whether a face in which no feature is seen counts
 */
export function joinParts(
  parts: readonly FacePart[],
  thresholds: PartThresholds,
  isConfirmed: (face: SeenFace) => boolean,
): { readonly faces: readonly SeenFace[]; readonly features: readonly SeenFeature[] } {
  const features = eachOnce(
    parts.flatMap(({ part, box, score }): SeenFeature[] =>
      part !== 'face' && score >= thresholds.feature ? [{ feature: part, box, score }] : [],
    ),
    (surer, one) => surer.feature === one.feature && boxIou(surer.box, one.box) > SAME_PART,
  );
  const supporting = features.filter(({ score }) => score >= thresholds.supporting);
  const seen = eachOnce(
    parts.filter(({ part }) => part === 'face'),
    (surer, one) => boxIou(surer.box, one.box) > SAME_PART,
  ).filter(({ box, score }) => {
    const held = supporting.filter((one) => isInHead(one.box, box)).length;
    if (held >= 2) return score >= thresholds.faceWithFeatures;
    return score >= thresholds.face && (held > 0 || isConfirmed({ box, score }));
  });
  const faces = [...seen.map(({ box, score }): SeenFace => ({ box, score }))];
  const single = (some: readonly SeenFeature[]) =>
    some.filter(({ box }) => !faces.some((face) => isInHead(box, face.box)));
  for (let pair = firstPair(single(supporting)); pair; pair = firstPair(single(supporting))) faces.push(pair);
  return { faces, features: single(features) };
}

/** Whether the middle of a feature lies in a face, or in the head around it. */
export function isInHead(feature: Box, face: Box): boolean {
  return isInside(headPolygon(face), middleOf(boxPolygon(feature)));
}

/** The face around the surest two features that belong to one head. */
function firstPair(features: readonly SeenFeature[]): SeenFace | undefined {
  for (const [i, one] of features.entries()) {
    const other = features.slice(i + 1).find((each) => areOfOneHead(one, each));
    if (other) {
      const box = boundingBox([...boxPolygon(one.box), ...boxPolygon(other.box)]);
      return { box, score: Math.min(one.score, other.score) };
    }
  }
  return undefined;
}

function areOfOneHead(one: SeenFeature, other: SeenFeature): boolean {
  if (one.feature === other.feature && one.feature !== 'eye') return false;
  const [[x, y], [u, v]] = [one, other].map(({ box }) => middleOf(boxPolygon(box))) as [
    [number, number],
    [number, number],
  ];
  const [small, large] = [one, other]
    .map(({ box }) => Math.max(box.width, box.height))
    .sort((a, b) => a - b) as [number, number];
  return (
    boxIou(one.box, other.box) === 0 && large < 3 * small && Math.hypot(x - u, y - v) <= ONE_HEAD * large
  );
}
