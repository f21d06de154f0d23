import { describe, expect, it } from 'vitest';
import { evidence } from '../../tests/support/risk-evidence.js';
import { seeded } from '../../tests/support/seeded.js';
import { DETECTION_KINDS, type Detection, type DetectionKind, type Redaction } from '../core/detection.js';
import { boxPolygon } from '../core/geometry.js';
import type { CheckResult } from '../verify/contract.js';
import { CHECKS } from '../verify/declarations.js';
import { factorOf } from './factors.js';
import { scoreRisk, type RiskEvidence } from './score.js';

const BOX = { x: 0, y: 0, width: 10, height: 10 };
const EMPTY = evidence({ checks: 'to-come' });
const seen = (kind: DetectionKind): Detection => ({
  kind,
  box: BOX,
  polygon: boxPolygon(BOX),
  score: 0.9,
  detector: 'test',
});
const covered = (kind: DetectionKind): Redaction => ({ kinds: [kind], box: BOX, polygon: boxPolygon(BOX) });

/** Something that may have happened to a photo, likely or not. */
function anyEvidence(random: () => number): RiskEvidence {
  const some = <T>(all: readonly T[]): T[] => all.filter(() => random() < 0.3);
  const checks = [...CHECKS.keys()].map((check): CheckResult => {
    const details = { id: 'check/failed', values: { check, stage: 'verify', code: 'internal' } };
    const status = random() < 0.9 ? 'not-found' : random() < 0.5 ? 'found' : 'could-not-tell';
    return { check, status, details };
  });
  return {
    ...EMPTY,
    detections: some(DETECTION_KINDS).map(seen),
    redactions: [Array.from({ length: 4 }, () => some(DETECTION_KINDS).map(covered)).flat()],
    keptBack: some(DETECTION_KINDS).map((kind) => ({
      kind,
      shown: random() < 0.5,
      share: random(),
      reason: { id: 'plan/left-open', values: { kind } },
    })),
    notExamined: some(DETECTION_KINDS).map((kind) => ({
      kind,
      reason: { id: 'not-examined/strip', values: { kind } },
      attested: random() < 0.5,
    })),
    looked: some(DETECTION_KINDS),
    openFeatures: some([
      { feature: 'eye', box: BOX, iris: 120 } as const,
      { feature: 'nose', box: BOX } as const,
    ]),
    openFaces: some([{ share: random(), showsFeature: random() < 0.5, isCropped: random() < 0.5 }]),
    context: some([{ id: 'hand-ridges', pixels: 5 } as const, { id: 'several-people', people: 3 } as const]),
    checks: random() < 0.3 ? 'to-come' : checks,
  };
}

describe('withWhatStays', () => {
  it('never lets a photo be riskier after its treatment', () => {
    const random = seeded(23);
    for (let i = 0; i < 2000; i++) {
      const { before, after } = scoreRisk(anyEvidence(random));
      expect(before).toBeGreaterThanOrEqual(after);
    }
  });

  it('gives a photo in which nothing was found the same risk before and after', () => {
    const { before, after, reasons } = scoreRisk(EMPTY);
    expect(before).toBe(after);
    const ids = (when: string) => reasons.filter((reason) => reason.when === when).map(({ id }) => id);
    expect(ids('before').sort()).toEqual(ids('after').sort());
  });

  it('does not count twice what weighs more before', () => {
    const { reasons } = scoreRisk({ ...EMPTY, detections: [seen('face')], redactions: [[covered('face')]] });
    const faces = reasons.filter(({ id, when }) => when === 'before' && id.endsWith('-face'));
    expect(faces.map(({ id }) => id)).toEqual(['seen-face']);
  });
});

describe('the statement of a person that no other shows', () => {
  const of = (kind: DetectionKind, redactions: Redaction[], looked: readonly DetectionKind[]) => {
    const { reasons } = scoreRisk({ ...EMPTY, redactions: [redactions], looked });
    const found = reasons.find(
      ({ id, when }) => when === 'after' && /^(missed|looked)-/.test(id) && id.endsWith(kind),
    );
    return [found?.id, found?.probability];
  };

  it.each(DETECTION_KINDS)(
    'halves the chance that a %s was missed, and makes it never more than an attested one',
    (kind) => {
      const { probability } = factorOf(`missed-${kind}`);
      expect(of(kind, [], [])).toEqual([`missed-${kind}`, probability]);
      expect(of(kind, [], [kind])).toEqual([`looked-${kind}`, probability / 2]);
      expect(factorOf(`looked-${kind}`).probability).toBe(probability / 2);
      const crowd = Array.from({ length: 200 }, () => covered(kind));
      expect(of(kind, crowd, [kind])).toEqual([`looked-${kind}`, factorOf(`attested-${kind}`).probability]);
    },
  );

  it('says nothing about a kind that was not looked for by the tool: that is attested', () => {
    const reason = { id: 'not-examined/strip', values: { kind: 'tattoo' } } as const;
    const { reasons } = scoreRisk({
      ...EMPTY,
      looked: ['tattoo'],
      notExamined: [{ kind: 'tattoo', reason, attested: true }],
    });
    const after = reasons.filter(({ id, when }) => when === 'after' && id.endsWith('tattoo'));
    expect(after.map(({ id }) => id)).toEqual(['attested-tattoo']);
  });
});
