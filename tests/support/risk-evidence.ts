import type { GateEvidence } from '../../src/risk/gate.js';
import type { RiskEvidence, RiskScore } from '../../src/risk/score.js';
import type { CheckResult } from '../../src/verify/contract.js';

export const PASSED: CheckResult = {
  check: 'container-walk',
  status: 'not-found',
  details: { id: 'container-walk/clean', values: { parts: 3 } },
};

/** Of a photo in which nothing was found. */
export function evidence(change: Partial<RiskEvidence> = {}): RiskEvidence {
  return {
    metadata: [],
    detections: [],
    redactions: [[]],
    keptBack: [],
    notExamined: [],
    openFeatures: [],
    openFaces: [],
    caption: [],
    context: [],
    checks: [PASSED],
    ...change,
  };
}

/** Of a photo against which nothing speaks. */
export function gateEvidence(score: RiskScore, change: Partial<GateEvidence> = {}): GateEvidence {
  return {
    score,
    checks: [PASSED],
    notExamined: [],
    found: [],
    openFeatures: [],
    openFaces: [],
    remedies: [],
    coveredShare: 0,
    doubtful: [],
    longestSide: 2000,
    format: 'jpeg',
    bytes: 1000,
    ...change,
  };
}
