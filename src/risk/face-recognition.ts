/** What is left of a face in a written photo. */
export interface FaceLeft {
  /** The unchanged share of the face's box, 0–1. */
  readonly share: number;
  /**
   * When the rest is covered by a plain Gaussian blur, which keeps part of the face: its standard deviation as a share
   * of the face's width, above 0. Absent for the styles of this tool, which keep nothing.
   */
  readonly plainBlur?: number | undefined;
  /** Whether a feature shows. @default true */
  readonly features?: boolean;
  /** Whether what surrounds the face shows. @default true */
  readonly surroundings?: boolean;
}

/** The number of people among whom the attacker looks for the face. */
export const GALLERY = 302;

/** Recognition as a function of what is left of a face. */
export interface RecognitionCurve {
  /** For a face of which nothing is left, 0–1: a little above chance, because surroundings are recognised too. */
  readonly nothing: number;
  /** For a face that is shown whole, 0–1. */
  readonly whole: number;
  /** The share left at which recognition is about halfway between `nothing` and `whole`, 0–1. */
  readonly halfAt: number;
  readonly steepness: number;
  /** Plain blur that leaves 1/e of a face. */
  readonly blurLimit: number;
}

/** Fitted on one half of the people by `npm run calibrate -- --limit 302`, which prints it. */
const CURVE: RecognitionCurve = {
  nothing: 0.02,
  whole: 0.875,
  halfAt: 0.435,
  steepness: 9,
  blurLimit: 0.055,
};

/**
 * How likely an attacker who compares faces is to name the right one of `GALLERY` people first. It grows with what is
 * left, along a logistic curve: from what surroundings alone give away to what is reached on whole faces. Measured, and
 * checked on the other half of the people: docs/face-matching.md.
 * @throws {RangeError} when the share is not within 0–1 or the blur is not above 0
 */
export function recognitionProbability(left: FaceLeft): number {
  return recognition(CURVE, left);
}

/** The same for any curve, for fitting. */
export function recognition(curve: RecognitionCurve, { share, plainBlur = Infinity }: FaceLeft): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Expected a share of 0 to 1 but received ${share}`);
  if (!(plainBlur > 0)) throw new RangeError(`Expected a blur above 0 but received ${plainBlur}`);
  const left = share + (1 - share) * Math.exp(-((plainBlur / curve.blurLimit) ** 2));
  const logistic = (x: number) => 1 / (1 + Math.exp(-curve.steepness * (x - curve.halfAt)));
  const grown = (logistic(left) - logistic(0)) / (logistic(1) - logistic(0));
  return curve.nothing + (curve.whole - curve.nothing) * grown;
}
