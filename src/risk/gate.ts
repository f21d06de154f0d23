import type { DetectionKind } from '../core/detection.js';
import type { Finding } from '../core/finding.js';
import type { GateFinding, RemedyFinding } from '../core/findings.js';
import type { ImageFormat } from '../core/image.js';
import type { CheckResult } from '../verify/contract.js';
import { isDeclared } from '../verify/declarations.js';
import { consequenceOf, isRefused } from './check-meaning.js';
import { LEAST_SIDE, PROFILES, type Destination, type DestinationProfile } from './destinations.js';
import type { NotExamined } from './evidence.js';
import { LARGEST_PATCH } from './face-recognition.js';
import type { OpenFace } from './open-faces.js';
import { readableIris, type OpenFeature } from './open-features.js';
import type { RiskScore } from './score.js';

/** When more than this share of a photo is covered, it hardly shows its lesion any more. */
const MOST_COVERED = 0.5;
/** Unless its lesion is on a face of which at least this share is left. */
const LEAST_SKIN = 0.15;

/** Everything that the decision depends on, besides the destination. */
export interface GateEvidence {
  readonly score: RiskScore;
  readonly checks: readonly CheckResult[];
  readonly notExamined: readonly NotExamined[];
  /** Kinds of which at least one was found, covered or not. */
  readonly found: readonly DetectionKind[];
  /** Single features of a face that stay open. */
  readonly openFeatures: readonly OpenFeature[];
  /** Faces of which something is left. */
  readonly openFaces: readonly OpenFace[];
  /** What would bring them under the destination's limit. */
  readonly remedies: readonly RemedyFinding[];
  /** The covered share of the kept region of which most is covered, 0–1; absent without kept regions. */
  readonly keepCovered?: number | undefined;
  /** Kinds for which something that may be the lesion was covered (`doubtfulCovers`). */
  readonly doubtful: readonly DetectionKind[];
  /** Share of all pixels, 0–1. */
  readonly coveredShare: number;
  /** Of the written file. */
  readonly format: ImageFormat;
  readonly bytes: number;
  /** The longest side of a page or frame, in pixels. */
  readonly longestSide: number;
}

export interface Decision {
  readonly outcome: 'cleared' | 'review' | 'refused';
  /** Empty when cleared. */
  readonly reasons: readonly Finding[];
  /** For "review": every reason only asks a person to look, and nothing else stands in the way. */
  readonly lookingIsEnough: boolean;
}

/** The highest risk that may remain: the destination's, or less when the user says so. */
export function mostRisk(destination: Destination, maxRisk = 1): number {
  return Math.min(PROFILES[destination].mostRisk, maxRisk);
}

/**
 * Refuses a photo that a check found unclean; sends it to review when something is unknown, when it is too risky, when
 * its destination does not take its size or format, or when it may be of no use any more; clears the rest. NaN, a check
 * without an answer or no check at all never clears; an undeclared answer refuses.
 * @param maxRisk the user's own limit, 0–1; only a stricter one counts
 */
export function decide(evidence: GateEvidence, destination: Destination, maxRisk?: number): Decision {
  const profile = PROFILES[destination];
  const refused = evidence.checks.filter((result) => isRefused(result, destination));
  if (refused.length > 0) {
    const reasons = refused.map((result) => (isDeclared(result) ? result.details : unknown(result)));
    return { outcome: 'refused', reasons, lookingIsEnough: false };
  }
  const most = mostRisk(destination, maxRisk);
  const { after } = evidence.score;
  const toLook = reasonsToLook(evidence, profile);
  const reasons = [
    ...reasonsOfChecks(evidence.checks, destination),
    ...evidence.notExamined.filter(({ attested }) => !attested).map(({ reason }) => reason),
    ...toLook,
    ...reasonsOfFaces(evidence, profile),
    ...reasonsOfFile(evidence, profile),
    ...(after <= most ? [] : [tooRisky(evidence, most, destination)]),
  ];
  return {
    outcome: reasons.length > 0 ? 'review' : 'cleared',
    reasons,
    lookingIsEnough: reasons.length > 0 && reasons.length === toLook.length,
  };
}

function unknown({ check }: CheckResult): GateFinding {
  return { id: 'gate/unknown-check', values: { check } };
}

/** Names what raises the risk most. */
function tooRisky({ score, remedies }: GateEvidence, most: number, destination: Destination): GateFinding {
  const { after, reasons } = score;
  const [worst] = reasons
    .filter(({ when }) => when === 'after')
    .sort((a, b) => b.probability - a.probability);
  const why = worst && { worst: { id: worst.id, values: worst.values } };
  // A risk outside 0–1 (or NaN) counts as certain.
  const risk = after >= 0 && after <= 1 ? after : 1;
  return { id: 'gate/risk', values: { after: risk, most, destination, ...why, ...helping(remedies) } };
}

function reasonsOfChecks(checks: readonly CheckResult[], destination: Destination): Finding[] {
  if (checks.length === 0) return [{ id: 'gate/unchecked', values: {} } satisfies GateFinding];
  return checks
    .filter(
      ({ check, status }) =>
        status !== 'not-found' && !(status === 'found' && consequenceOf(check, destination) === 'count'),
    )
    .map(({ details }) => details);
}

function reasonsToLook(evidence: GateEvidence, profile: DestinationProfile): GateFinding[] {
  const { found, coveredShare, doubtful, keepCovered, openFaces, openFeatures } = evidence;
  const reasons: GateFinding[] = profile.looksAfter
    .filter((kind) => found.includes(kind))
    .map((kind) => ({ id: 'gate/look-after', values: { kind } }));
  const iris = profile.looksAtIrises ? readableIris(openFeatures) : undefined;
  if (iris !== undefined) {
    reasons.push({ id: 'gate/iris', values: { pixels: Math.round(iris) } });
  }
  if (keepCovered !== undefined) {
    if (!(keepCovered <= MOST_COVERED))
      reasons.push({ id: 'gate/keep-covered', values: { share: asShare(keepCovered) } });
  } else {
    for (const kind of doubtful) reasons.push({ id: 'gate/lesion-covered', values: { kind } });
    if (!(coveredShare <= MOST_COVERED) && !openFaces.some(({ share }) => share >= LEAST_SKIN))
      reasons.push({ id: 'gate/covered', values: { share: asShare(coveredShare) } });
  }
  return reasons;
}

function reasonsOfFaces({ openFaces, remedies }: GateEvidence, profile: DestinationProfile): GateFinding[] {
  const [most] = openFaces.filter((face) => isTooMuch(face, profile)).sort((a, b) => b.share - a.share);
  return most
    ? [{ id: 'gate/skin-of-face', values: { share: asShare(most.share), ...helping(remedies) } }]
    : [];
}

/** More than a patch of skin. */
function isTooMuch(
  { share, showsFeature, isCropped }: OpenFace,
  { onlyPatches }: DestinationProfile,
): boolean {
  const most = LARGEST_PATCH[isCropped ? 'alone' : 'within']?.share ?? 0;
  return onlyPatches && (showsFeature || !(share <= most));
}

/** Whether a destination accepts a risk, and what is left of faces. @param maxRisk as in `decide` */
export function isAccepted(
  { after, openFaces }: { readonly after: number; readonly openFaces: readonly OpenFace[] },
  destination: Destination,
  maxRisk?: number,
): boolean {
  return (
    after <= mostRisk(destination, maxRisk) &&
    !openFaces.some((face) => isTooMuch(face, PROFILES[destination]))
  );
}

function helping(remedies: readonly RemedyFinding[]): { readonly remedies?: readonly RemedyFinding[] } {
  return remedies.length > 0 ? { remedies } : {};
}

/** As it is written; what is not a share, such as NaN, counts as all. */
function asShare(value: number): number {
  return value >= 0 && value <= 1 ? Number(value.toFixed(4)) : 1;
}

function reasonsOfFile(
  { format, bytes, longestSide }: GateEvidence,
  profile: DestinationProfile,
): GateFinding[] {
  const reasons: GateFinding[] = [];
  if (!profile.formats.includes(format)) {
    reasons.push({ id: 'gate/format', values: { format, taken: profile.formats } });
  }
  if (!(bytes <= profile.maxBytes)) {
    const most = profile.maxBytes;
    reasons.push({ id: 'gate/size', values: { bytes: Number.isFinite(bytes) ? bytes : most + 1, most } });
  }
  const { maxSide = Infinity } = profile;
  if (longestSide > maxSide) {
    const values = { pixels: longestSide, most: maxSide, least: LEAST_SIDE };
    reasons.push({ id: 'gate/too-long', values });
  }
  return reasons;
}
