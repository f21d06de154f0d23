/** What is left of a face in a written photo. */
export interface FaceLeft {
  /** The unchanged share of the face's box, 0–1. */
  readonly share: number;
  /**
   * When the rest is covered by a plain Gaussian blur, which keeps part of the face: its standard deviation as a share
   * of the face's width, above 0. Absent for the styles of this tool, which keep nothing.
   */
  readonly plainBlur?: number | undefined;
  /** Whether any of an eye, the nose, the mouth or an ear shows; absent: one does. Without, skin is all that is left. */
  readonly features?: boolean | undefined;
  /** Whether hair, clothes and the room around the head show; absent: they do. They do not where they are cropped away. */
  readonly surroundings?: boolean | undefined;
}

/** A square patch of skin without a feature. */
export interface PatchLimit {
  /** Its side as a share of the width of the face's box. */
  readonly width: number;
  /** Its area as a share of that of the face's box. */
  readonly share: number;
  /** The best attacker's rank 1, 0–1, and the upper end of its 95 % confidence (Wilson). */
  readonly rank1: number;
  readonly upper: number;
}

/**
 * The largest patch that stays within twice chance for every attacker: none does, as measured, not even a tenth of a
 * face wide, because whoever has the same patch of everybody else knows a few percent (docs/FACES.md).
 */
export const LARGEST_PATCH: Readonly<Record<'alone' | 'within', PatchLimit | undefined>> = {
  alone: undefined,
  within: undefined,
};

/** The number of people among whom the attacker looks for the face. */
export const GALLERY = 302;

/** Recognition as a function of what is left of a face. */
export interface RecognitionCurve {
  /** For a face of which nothing is left, 0–1: a little above chance, because surroundings are recognised too. */
  readonly nothing: number;
  /** The same where nothing of the surroundings is left either. */
  readonly alone: number;
  /** For a face that is shown whole, 0–1. */
  readonly whole: number;
  /** The share left at which recognition is about halfway between `nothing` and `whole`, 0–1. */
  readonly halfAt: number;
  readonly steepness: number;
  /** Plain blur that leaves 1/e of a face. */
  readonly blurLimit: number;
  /** For all the skin of a face without a feature, 0–1. */
  readonly skin: number;
  /** The share of a face at which skin without a feature has come within 1/e of `skin`. */
  readonly skinShare: number;
}

/** Fitted on one half of the people by `npm run calibrate`, which prints it. */
const CURVE: RecognitionCurve = {
  nothing: 0.015,
  alone: 0.01,
  whole: 0.935,
  halfAt: 0.44,
  steepness: 8.25,
  blurLimit: 0.0525,
  skin: 0.23,
  skinShare: 0.09,
};

/**
 * How likely an attacker is to name the right one of `GALLERY` people first. It grows with what is left, along a
 * logistic curve: from what surroundings alone give away to what is reached on whole faces. Where no feature is left it
 * is that of the best attacker on skin, who knows which skin it is. Measured, and checked on the other half of the
 * people: docs/face-matching.md and docs/FACES.md.
 * @throws {RangeError} when the share is not within 0–1 or the blur is not above 0
 */
export function recognitionProbability(left: FaceLeft): number {
  return recognition(CURVE, left);
}

/** The same for any curve, for fitting. */
export function recognition(curve: RecognitionCurve, left: FaceLeft): number {
  const { share, plainBlur = Infinity, features = true, surroundings = true } = left;
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Expected a share of 0 to 1 but received ${share}`);
  if (!(plainBlur > 0)) throw new RangeError(`Expected a blur above 0 but received ${plainBlur}`);
  const nothing = surroundings ? curve.nothing : curve.alone;
  const recognisable = share + (1 - share) * Math.exp(-((plainBlur / curve.blurLimit) ** 2));
  if (!features) return nothing + (curve.skin - nothing) * (1 - Math.exp(-recognisable / curve.skinShare));
  const logistic = (x: number) => 1 / (1 + Math.exp(-curve.steepness * (x - curve.halfAt)));
  const grown = (logistic(recognisable) - logistic(0)) / (logistic(1) - logistic(0));
  return nothing + (curve.whole - nothing) * grown;
}
