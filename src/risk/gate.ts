import type { DetectionKind } from '../core/detection.js';
import type { ImageFormat } from '../core/image.js';
import type { CheckResult } from '../verify/contract.js';
import { consequenceOf, isRefused } from './check-meaning.js';
import { PROFILES, type Destination, type DestinationProfile } from './destinations.js';
import type { NotExamined } from './evidence.js';
import { readableIris, type OpenFeature } from './open-features.js';
import type { RiskScore } from './score.js';

/** A photo that is covered further than this hardly shows its lesion any more. */
const MOST_COVERED = 0.5;

/** All that the decision depends on, beside the destination. */
export interface GateEvidence {
  readonly score: RiskScore;
  readonly checks: readonly CheckResult[];
  readonly notExamined: readonly NotExamined[];
  /** Kinds of which at least one was found, covered or not. */
  readonly found: readonly DetectionKind[];
  /** Single features of a face that stay open. */
  readonly openFeatures: readonly OpenFeature[];
  /** Of all pixels, 0–1. */
  readonly coveredShare: number;
  /** Of the written file. */
  readonly format: ImageFormat;
  readonly bytes: number;
}

export interface Decision {
  readonly outcome: 'cleared' | 'review' | 'refused';
  /** In plain words; empty when cleared. */
  readonly reasons: readonly string[];
  /** Of "review": every reason asks a person to look, and nothing else stands in the way. */
  readonly lookingIsEnough: boolean;
}

/** The highest risk that may remain: the destination's, or less when the user says so. */
function mostRisk(destination: Destination, maxRisk = 1): number {
  return Math.min(PROFILES[destination].mostRisk, maxRisk);
}

/**
 * Refuses what a check found unclean; sends to review what is unknown, too risky, too large for its destination or of
 * no use any more; clears the rest. A number that is not one, a check without an answer or no check at all never clears.
 * @param maxRisk the user's own limit, 0–1; only a stricter one counts
 */
export function decide(evidence: GateEvidence, destination: Destination, maxRisk?: number): Decision {
  const profile = PROFILES[destination];
  const refused = evidence.checks.filter((result) => isRefused(result, profile));
  if (refused.length > 0) {
    const reasons = refused.map(({ check, details }) => `${check}: ${details}`);
    return { outcome: 'refused', reasons, lookingIsEnough: false };
  }
  const most = mostRisk(destination, maxRisk);
  const { after } = evidence.score;
  const toLook = reasonsToLook(evidence, profile);
  const reasons = [
    ...reasonsOfChecks(evidence.checks, profile),
    ...evidence.notExamined.filter(({ attested }) => !attested).map(({ reason }) => reason),
    ...toLook,
    ...reasonsOfFile(evidence, profile),
    ...(after <= most ? [] : [tooRisky(evidence.score, most, destination)]),
  ];
  return {
    outcome: reasons.length > 0 ? 'review' : 'cleared',
    reasons,
    lookingIsEnough: reasons.length > 0 && reasons.length === toLook.length,
  };
}

/** Names what raises the risk most. */
function tooRisky({ after, reasons }: RiskScore, most: number, destination: Destination): string {
  const [worst] = reasons
    .filter(({ when }) => when === 'after')
    .sort((a, b) => b.probability - a.probability);
  const why = worst ? `; most of it: ${worst.text}` : '';
  return `The remaining risk is ${after.toFixed(3)}; at most ${most} is accepted for "${destination}"${why}`;
}

function reasonsOfChecks(checks: readonly CheckResult[], profile: DestinationProfile): string[] {
  if (checks.length === 0) return ['The written file was not checked'];
  return checks
    .filter(
      ({ check, status }) =>
        status !== 'not-found' && !(status === 'found' && consequenceOf(check, profile) === 'count'),
    )
    .map(({ check, details }) => `${check}: ${details}`);
}

function reasonsToLook(evidence: GateEvidence, profile: DestinationProfile): string[] {
  const { found, coveredShare, openFeatures } = evidence;
  const reasons = profile.looksAfter
    .filter((kind) => found.includes(kind))
    .map((kind) => `A ${kind} was found and covered: look whether all of it is gone`);
  const iris = profile.looksAtIrises ? readableIris(openFeatures) : undefined;
  if (iris !== undefined) {
    const pixels = Math.round(iris);
    reasons.push(
      `An eye is not covered whose iris, about ${pixels} pixels across, can be read: look whether it has to be covered`,
    );
  }
  if (!(coveredShare <= MOST_COVERED)) {
    const percent = Math.round(coveredShare * 100);
    reasons.push(`${percent} % of the photo is covered: look whether it still shows the lesion`);
  }
  return reasons;
}

function reasonsOfFile({ format, bytes }: GateEvidence, profile: DestinationProfile): string[] {
  const reasons: string[] = [];
  if (!profile.formats.includes(format)) {
    reasons.push(
      `The destination does not take the format ${format}; it takes ${profile.formats.join(', ')}`,
    );
  }
  if (!(bytes <= profile.maxBytes)) {
    const mib = (size: number) => (size / 1024 / 1024).toFixed(1);
    reasons.push(`The file has ${mib(bytes)} MiB; the destination takes ${mib(profile.maxBytes)} MiB`);
  }
  return reasons;
}
