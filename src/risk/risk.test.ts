import { describe, expect, it } from 'vitest';
import type { Detection, DetectionKind, Redaction } from '../core/detection.js';
import { boxPolygon } from '../core/geometry.js';
import type { MetadataFinding } from '../core/metadata.js';
import type { CheckResult } from '../verify/contract.js';
import * as priors from './factors.js';
import { decide, DESTINATIONS, MOST_RISK, type GateEvidence } from './gate.js';
import { scoreRisk, type NotExamined, type RiskEvidence, type RiskScore } from './score.js';

const BOX = { x: 0, y: 0, width: 10, height: 10 };
const PASSED: CheckResult = { check: 'container-walk', status: 'not-found', details: 'fine' };
const FOUND: CheckResult = { check: 'metadata-reread', status: 'found', details: '1 entry' };
const UNKNOWN: CheckResult = { check: 'dimensions-match', status: 'could-not-tell', details: 'no answer' };
const NO_TATTOO_MODEL: NotExamined = { kind: 'tattoo', reason: 'No model for tattoos', attested: false };
const ATTESTED: NotExamined = { ...NO_TATTOO_MODEL, attested: true };
const GPS: MetadataFinding = { part: 'exif', field: 'GPSLatitude', group: 'place', identifying: true };
const NAME: MetadataFinding = { part: 'xmp', field: 'creator', group: 'person', identifying: true };

function seen(kind: DetectionKind): Detection {
  return { kind, box: BOX, polygon: boxPolygon(BOX), score: 0.9, detector: 'test' };
}

function covered(kind: DetectionKind, count: number): Redaction[] {
  return Array.from({ length: count }, () => ({ kinds: [kind], box: BOX, polygon: boxPolygon(BOX) }));
}

function evidence(change: Partial<RiskEvidence> = {}): RiskEvidence {
  return {
    metadata: [],
    detections: [],
    redactions: [[]],
    keptBack: [],
    notExamined: [],
    checks: [PASSED],
    ...change,
  };
}

function gateEvidence(score: RiskScore, change: Partial<GateEvidence> = {}): GateEvidence {
  const { checks = [PASSED], notExamined = [], coveredShare = 0 } = change;
  return { score, checks, notExamined, coveredShare };
}

const afterReasons = (e: RiskEvidence): string[] =>
  scoreRisk(e)
    .reasons.filter(({ when }) => when === 'after')
    .map(({ id }) => id);

describe('scoreRisk', () => {
  it('combines independent reasons', () => {
    const { before, reasons } = scoreRisk(evidence({ metadata: [GPS], detections: [seen('face')] }));
    expect(reasons.filter((r) => r.when === 'before').map((r) => r.id)).toEqual([
      'metadata-place',
      'seen-face',
      'skin',
    ]);
    expect(before).toBeCloseTo(1 - 0.1 * 0.05 * 0.99, 12);
  });

  it('is the same for the same evidence in another order or repeated', () => {
    const a = evidence({
      metadata: [GPS, NAME],
      detections: [seen('face'), seen('text')],
      checks: [PASSED, UNKNOWN],
    });
    const b = evidence({
      metadata: [NAME, GPS, GPS],
      detections: [seen('text'), seen('face'), seen('text')],
      checks: [UNKNOWN, PASSED],
    });
    expect(scoreRisk(b)).toEqual(scoreRisk(a));
  });

  it('ignores metadata that identifies nobody and is 1 for a name', () => {
    const orientation: MetadataFinding = { part: 'exif', group: 'other', identifying: false };
    expect(scoreRisk(evidence({ metadata: [orientation] })).before).toBeCloseTo(priors.SKIN_PRIOR, 12);
    expect(scoreRisk(evidence({ metadata: [NAME] })).before).toBe(1);
  });

  it('is 1 afterwards when a check found something', () => {
    expect(scoreRisk(evidence({ checks: [PASSED, FOUND] })).after).toBe(1);
  });

  it('is never 0, not even with nothing found', () => {
    expect(scoreRisk(evidence()).after).toBeGreaterThan(0);
  });

  it('counts what is unknown: nothing examined, no answer, nothing checked', () => {
    const base = scoreRisk(evidence()).after;
    const attested = scoreRisk(evidence({ notExamined: [ATTESTED] })).after;
    const unexamined = scoreRisk(evidence({ notExamined: [NO_TATTOO_MODEL] })).after;
    expect(attested).toBeGreaterThan(0);
    expect(unexamined).toBeGreaterThan(attested);
    expect(unexamined).toBeGreaterThan(base);
    expect(scoreRisk(evidence({ checks: [UNKNOWN] })).after).toBeGreaterThan(MOST_RISK.teledermatology);
    expect(scoreRisk(evidence({ checks: [] })).after).toBeGreaterThan(MOST_RISK.teledermatology);
    expect(afterReasons(evidence({ notExamined: [ATTESTED, NO_TATTOO_MODEL] }))).toContain(
      'not-examined-tattoo',
    );
  });

  it('counts what a kept region leaves visible, and not what was covered there', () => {
    const shown = { kind: 'face' as const, shown: true, reason: '' };
    expect(afterReasons(evidence({ keptBack: [shown] }))).toContain('shown-face');
    expect(afterReasons(evidence({ keptBack: [{ ...shown, shown: false }] }))).not.toContain('shown-face');
  });

  it('counts text that the settings let stay', () => {
    const ruler = { ...seen('text'), allowed: true as const };
    expect(afterReasons(evidence({ detections: [ruler] }))).toContain('allowed-text');
    expect(afterReasons(evidence({ detections: [seen('text')] }))).not.toContain('allowed-text');
  });

  it('rises with the number of faces in the fullest frame', () => {
    const one = scoreRisk(evidence({ redactions: [covered('face', 1)] })).after;
    const crowd = scoreRisk(evidence({ redactions: [covered('face', 60), covered('face', 1)] })).after;
    expect(crowd).toBeGreaterThan(one);
    expect(crowd).toBeGreaterThan(MOST_RISK.public);
  });

  it('has priors that are probabilities', () => {
    const tables: unknown[] = Object.values(priors);
    const numbers = JSON.stringify(tables).match(/[\d.]+(e-\d+)?/g) ?? [];
    expect(numbers.length).toBeGreaterThan(40);
    for (const value of numbers.map(Number)) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });
});

describe('decide', () => {
  const usual = evidence({
    redactions: [[...covered('face', 4), ...covered('text', 12), ...covered('code', 1)]],
    notExamined: [ATTESTED],
  });

  it.each(DESTINATIONS)('clears a usual photo for %s when tattoos are attested', (destination) => {
    expect(decide(gateEvidence(scoreRisk(usual), usual), destination)).toEqual({
      outcome: 'cleared',
      reasons: [],
    });
  });

  it('refuses whatever a check found unclean', () => {
    const checks = [PASSED, FOUND, UNKNOWN];
    expect(
      decide(
        gateEvidence(scoreRisk(evidence({ checks })), { checks, notExamined: [NO_TATTOO_MODEL] }),
        'public',
      ),
    ).toEqual({
      outcome: 'refused',
      reasons: ['metadata-reread: 1 entry'],
    });
  });

  it.each(['legible-text', 'uncovered-text', 'legible-code'])('leaves what %s finds to a person', (check) => {
    const legible: CheckResult = { check, status: 'found', details: '1 line' };
    const checks = [PASSED, legible];
    const { outcome, reasons } = decide(gateEvidence(scoreRisk(evidence({ checks })), { checks }), 'public');
    expect(outcome).toBe('review');
    expect(reasons[0]).toBe(`${check}: 1 line`);
  });

  it.each([
    ['a check without an answer', [PASSED, UNKNOWN], [], 0, 'dimensions-match: no answer'],
    ['no check', [], [], 0, 'The written file was not checked'],
    ['a kind nobody looked for', [PASSED], [NO_TATTOO_MODEL], 0, 'No model for tattoos'],
  ] as const)('sends %s to review even at risk 0', (_name, checks, notExamined, after, reason) => {
    const score = { before: 1, after, reasons: [] };
    expect(decide(gateEvidence(score, { checks, notExamined }), 'teledermatology')).toEqual({
      outcome: 'review',
      reasons: [reason],
    });
  });

  it('sends a photo to review when more than half of it is covered', () => {
    const harmless = { before: 0, after: 0, reasons: [] };
    expect(decide(gateEvidence(harmless, { coveredShare: 0.5 }), 'public').outcome).toBe('cleared');
    expect(decide(gateEvidence(harmless, { coveredShare: 0.51 }), 'public').outcome).toBe('review');
    expect(decide(gateEvidence(harmless, { coveredShare: NaN }), 'public').outcome).toBe('review');
  });

  it('sends a risk above the limit to review, and one that is no number', () => {
    const at = (after: number) => decide(gateEvidence({ before: 1, after, reasons: [] }), 'public').outcome;
    expect(at(0.09)).toBe('cleared');
    expect(at(0.0901)).toBe('review');
    expect(at(NaN)).toBe('review');
  });

  it('accepts more risk the narrower the circle', () => {
    expect(MOST_RISK.public).toBeLessThan(MOST_RISK.network);
    expect(MOST_RISK.network).toBeLessThan(MOST_RISK.teledermatology);
  });

  it('sends a photo with a part of a face in a kept region to review everywhere', () => {
    const kept = evidence({ keptBack: [{ kind: 'face', shown: true, reason: '' }] });
    for (const destination of DESTINATIONS) {
      expect(decide(gateEvidence(scoreRisk(kept), { checks: kept.checks }), destination).outcome).toBe(
        'review',
      );
    }
  });
});
