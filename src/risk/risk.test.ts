import { describe, expect, it } from 'vitest';
import type { Detection, DetectionKind, Redaction } from '../core/detection.js';
import { boxPolygon } from '../core/geometry.js';
import type { MetadataFinding } from '../core/metadata.js';
import type { CheckResult } from '../verify/contract.js';
import { evidence, gateEvidence, PASSED } from '../../tests/support/risk-evidence.js';
import { consequenceOf } from './check-meaning.js';
import { DESTINATIONS, PROFILES } from './destinations.js';
import { factorOf } from './factors.js';
import { decide, type GateEvidence } from './gate.js';
import { openFeatures } from './open-features.js';
import { scoreRisk, type NotExamined, type RiskEvidence, type RiskScore } from './score.js';

const BOX = { x: 0, y: 0, width: 10, height: 10 };
const FOUND: CheckResult = {
  check: 'metadata-reread',
  status: 'found',
  details: { id: 'metadata-reread/left', values: { entries: 1, parts: ['exif (place)'] } },
};
const NO_ANSWER = {
  id: 'check/failed',
  values: { check: 'dimensions-match', stage: 'verify', code: 'internal' },
};
const UNKNOWN: CheckResult = { check: 'dimensions-match', status: 'could-not-tell', details: NO_ANSWER };
const STRIP = { id: 'not-examined/strip', values: { kind: 'tattoo' } } as const;
const SHOWN = { id: 'plan/shown-in-keep', values: { kind: 'face' } } as const;
const NO_TATTOO_MODEL: NotExamined = { kind: 'tattoo', reason: STRIP, attested: false };
const ATTESTED: NotExamined = { ...NO_TATTOO_MODEL, attested: true };
const GPS: MetadataFinding = { part: 'exif', field: 'GPSLatitude', group: 'place', identifying: true };
const NAME: MetadataFinding = { part: 'xmp', field: 'creator', group: 'person', identifying: true };

function seen(kind: DetectionKind): Detection {
  return { kind, box: BOX, polygon: boxPolygon(BOX), score: 0.9, detector: 'test' };
}

function covered(kind: DetectionKind, count: number): Redaction[] {
  return Array.from({ length: count }, () => ({ kinds: [kind], box: BOX, polygon: boxPolygon(BOX) }));
}

const HARMLESS: RiskScore = { before: 0, after: 0, reasons: [] };

const afterReasons = (e: RiskEvidence): string[] =>
  scoreRisk(e)
    .reasons.filter(({ when }) => when === 'after')
    .map(({ id }) => id);

describe('single features of a face', () => {
  const eye = (width: number): Detection => {
    const box = { ...BOX, width };
    return { ...seen('face'), feature: 'eye', box, polygon: boxPolygon(box) };
  };
  const ids = (e: RiskEvidence, when: 'before' | 'after') =>
    scoreRisk(e)
      .reasons.filter((reason) => reason.when === when)
      .map(({ id }) => id);

  it('count as a risk of their own, not as a face', () => {
    const mouth: Detection = { ...seen('face'), feature: 'mouth' };
    const e = evidence({ detections: [mouth, eye(60)], openFeatures: openFeatures([mouth], []) });
    expect(ids(e, 'before').slice(0, 3)).toEqual(['open-eye', 'open-mouth', 'skin']);
    expect(ids(e, 'before')).toContain('missed-face');
    expect(ids(e, 'after').filter((id) => id.startsWith('open-'))).toEqual(['open-mouth']);
  });

  it('count as an iris when one can be read, and are sent to a person when strangers will look', () => {
    const open = openFeatures([eye(400), eye(60)], []);
    const e = evidence({ openFeatures: open });
    expect(ids(e, 'after').filter((id) => id.startsWith('open-'))).toEqual(['open-iris']);
    const clean = { before: 0, after: 0, reasons: [] };
    expect(decide(gateEvidence(clean, { openFeatures: open }), 'public')).toMatchObject({
      outcome: 'review',
      reasons: [{ id: 'gate/iris', values: { pixels: 100 } }],
      lookingIsEnough: true,
    });
    for (const destination of ['professional', 'clinical'] as const) {
      expect(decide(gateEvidence(clean, { openFeatures: open }), destination).outcome).toBe('cleared');
    }
    const small = openFeatures([eye(399)], []);
    expect(decide(gateEvidence(clean, { openFeatures: small }), 'public').outcome).toBe('cleared');
  });
});

describe('scoreRisk', () => {
  it('combines independent reasons', () => {
    const { before, reasons } = scoreRisk(evidence({ metadata: [GPS], detections: [seen('face')] }));
    expect(reasons.filter((r) => r.when === 'before').map((r) => r.id)).toEqual([
      'metadata-place',
      'seen-face',
      'skin',
      'missed-tattoo',
      'missed-text',
      'missed-code',
      'context-unseen',
    ]);
    const missed = ['missed-tattoo', 'missed-text', 'missed-code', 'context-unseen', 'skin'];
    const rest = missed.reduce((left, id) => left * (1 - factorOf(id).probability), 1);
    expect(before).toBeCloseTo(1 - 0.1 * 0.07 * rest, 12);
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

  it('ignores metadata that identifies nobody, and is 1 for a name', () => {
    const orientation: MetadataFinding = { part: 'exif', group: 'other', identifying: false };
    const plain = scoreRisk(evidence({}));
    expect(scoreRisk(evidence({ metadata: [orientation] })).before).toBe(plain.before);
    expect(scoreRisk(evidence({ metadata: [NAME] })).before).toBe(1);
  });

  it('is 1 afterwards when a check found something', () => {
    expect(scoreRisk(evidence({ checks: [PASSED, FOUND] })).after).toBe(1);
  });

  it('is never 0, even when nothing is found', () => {
    expect(scoreRisk(evidence()).after).toBeGreaterThan(0);
  });

  it('counts what is unknown: nothing examined, no answer, nothing checked', () => {
    const base = scoreRisk(evidence()).after;
    const attested = scoreRisk(evidence({ notExamined: [ATTESTED] })).after;
    const unexamined = scoreRisk(evidence({ notExamined: [NO_TATTOO_MODEL] })).after;
    expect(attested).toBeGreaterThan(0);
    expect(unexamined).toBeGreaterThan(attested);
    expect(unexamined).toBeGreaterThan(base);
    expect(scoreRisk(evidence({ checks: [UNKNOWN] })).after).toBeGreaterThan(PROFILES.clinical.mostRisk);
    expect(scoreRisk(evidence({ checks: [] })).after).toBeGreaterThan(PROFILES.clinical.mostRisk);
    expect(afterReasons(evidence({ notExamined: [ATTESTED, NO_TATTOO_MODEL] }))).toContain(
      'not-examined-tattoo',
    );
  });

  it('counts what a kept region leaves visible, and not what was covered there', () => {
    const shown = { kind: 'face' as const, shown: true, share: 0.5, reason: SHOWN };
    expect(afterReasons(evidence({ keptBack: [shown] }))).toContain('shown-face');
    expect(afterReasons(evidence({ keptBack: [{ ...shown, shown: false }] }))).not.toContain('shown-face');
  });

  it('counts a visible face by how much of it shows, and a covered one by its surroundings', () => {
    const p = (share: number) =>
      scoreRisk(evidence({ keptBack: [{ kind: 'face', shown: true, share, reason: SHOWN }] })).reasons.find(
        ({ id }) => id === 'shown-face',
      )!.probability;
    expect(p(0.9)).toBeGreaterThan(p(0.45));
    expect(p(0.01)).toBe(factorOf('shown-face').probability);
    const covered1 = scoreRisk(evidence({ redactions: [covered('face', 1)] })).reasons;
    expect(covered1.map(({ id }) => id)).toContain('recognised-face');
  });

  it('counts skin of a face by how much of it is left and whether its surroundings are, and a feature as a face', () => {
    const skin = (share: number, isCropped = false) =>
      scoreRisk(evidence({ openFaces: [{ share, showsFeature: false, isCropped }] })).reasons.find(
        ({ id }) => id === 'skin-of-face',
      )!;
    expect(skin(0.4).values).toEqual({ share: 0.4 });
    expect(skin(0.4).probability).toBeGreaterThanOrEqual(skin(0.05).probability);
    expect(skin(0.05).probability).toBeGreaterThanOrEqual(skin(0.05, true).probability);
    const open = evidence({ openFaces: [{ share: 0.4, showsFeature: true, isCropped: false }] });
    expect(afterReasons(open)).toContain('shown-face');
    expect(afterReasons(open)).not.toContain('skin-of-face');
  });

  it('counts the pieces of one cover once', () => {
    const pieces = covered('face', 20).map((piece) => ({ ...piece, group: 0 }));
    const missed = (redactions: Redaction[]) =>
      scoreRisk(evidence({ redactions: [redactions] })).reasons.find(({ id }) => id === 'missed-face');
    expect(missed(pieces)).toEqual(missed(covered('face', 1)));
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
    expect(crowd).toBeGreaterThan(PROFILES.public.mostRisk);
  });

  it('counts what the caption says, before and after, and says where', () => {
    const name = { class: 'name' as const, line: 1 };
    const { before, after, reasons } = scoreRisk(evidence({ caption: [name, { ...name, line: 2 }] }));
    expect([before, after]).toEqual([1, 1]);
    expect(reasons.find(({ id }) => id === 'caption-name')?.values).toEqual({ lines: [1, 2] });
  });

  it('says for every reason what kind of identifier it is about', () => {
    const { reasons } = scoreRisk(evidence({ metadata: [GPS], detections: [seen('face')] }));
    const classes = reasons.map(({ id, hipaa, dicom }) => [id, hipaa.join(''), dicom]);
    expect(classes).toContainEqual(['metadata-place', 'B', [113100]]);
    expect(classes).toContainEqual(['seen-face', 'Q', [113102]]);
  });

  it('names the identifiers that the text seen looks like', () => {
    const date: Detection = { ...seen('text'), textClass: 'date' };
    const name: Detection = { ...seen('text'), textClass: 'name' };
    const { reasons } = scoreRisk(evidence({ detections: [date, name, seen('text')] }));
    const text = reasons.find(({ id }) => id === 'seen-text');
    expect([text?.hipaa, text?.values]).toEqual([['A', 'C'], { classes: ['date', 'name'] }]);
  });
});

describe('decide', () => {
  const usual = evidence({
    redactions: [[...covered('face', 4), ...covered('text', 12), ...covered('code', 1)]],
    notExamined: [ATTESTED],
  });

  it.each(DESTINATIONS)('clears a usual photo for %s when tattoos are attested', (destination) => {
    expect(decide(gateEvidence(scoreRisk(usual), { notExamined: usual.notExamined }), destination)).toEqual({
      outcome: 'cleared',
      reasons: [],
      lookingIsEnough: false,
    });
  });

  it('refuses anything that a check found unclean', () => {
    const checks = [PASSED, FOUND, UNKNOWN];
    expect(
      decide(
        gateEvidence(scoreRisk(evidence({ checks })), { checks, notExamined: [NO_TATTOO_MODEL] }),
        'public',
      ),
    ).toEqual({
      outcome: 'refused',
      reasons: [FOUND.details],
      lookingIsEnough: false,
    });
  });

  it.each([
    ['legible-text', { id: 'legible-text/read', values: { read: 1, lines: 2, places: ['top-left'] } }],
    ['uncovered-text', { id: 'uncovered-text/read', values: { lines: 1, places: ['top-left'] } }],
    ['legible-code', { id: 'legible-code/read', values: { codes: 1, places: ['top-left'] } }],
  ])('leaves what %s finds to a person', (check, details) => {
    const legible: CheckResult = { check, status: 'found', details };
    const checks = [PASSED, legible];
    const { outcome, reasons } = decide(gateEvidence(scoreRisk(evidence({ checks })), { checks }), 'public');
    expect(outcome).toBe('review');
    expect(reasons[0]).toEqual(details);
  });

  it.each([
    ['a check without an answer', [PASSED, UNKNOWN], [], 0, NO_ANSWER],
    ['no check', [], [], 0, { id: 'gate/unchecked', values: {} }],
    ['a kind nobody looked for', [PASSED], [NO_TATTOO_MODEL], 0, STRIP],
  ] as const)('sends %s to review even at risk 0', (_name, checks, notExamined, after, reason) => {
    const score = { before: 1, after, reasons: [] };
    expect(decide(gateEvidence(score, { checks, notExamined }), 'clinical')).toEqual({
      outcome: 'review',
      reasons: [reason],
      lookingIsEnough: false,
    });
  });

  it('sends a photo to review when more than half of it is covered', () => {
    const harmless = { before: 0, after: 0, reasons: [] };
    expect(decide(gateEvidence(harmless, { coveredShare: 0.5 }), 'public').outcome).toBe('cleared');
    expect(decide(gateEvidence(harmless, { coveredShare: 0.51 }), 'public').outcome).toBe('review');
    expect(decide(gateEvidence(harmless, { coveredShare: NaN }), 'public').outcome).toBe('review');
  });

  it('lets a person look where something that may be the lesion was covered', () => {
    const doubtful = ['face', 'code'] as const;
    const reasons = doubtful.map((kind) => ({ id: 'gate/lesion-covered', values: { kind } }));
    const decision = decide(gateEvidence(HARMLESS, { doubtful }), 'clinical');
    expect(decision).toEqual({ outcome: 'review', reasons, lookingIsEnough: true });
  });

  it('reviews what could not be shrunk to the destination’s size without leaving too little across', () => {
    const reasons = (longestSide: number, destination: 'public' | 'clinical') =>
      decide(gateEvidence({ before: 0, after: 0, reasons: [] }, { longestSide }), destination).reasons;
    expect(reasons(2048, 'public')).toEqual([]);
    expect(reasons(5000, 'clinical')).toEqual([]);
    expect(reasons(5000, 'public')).toEqual([
      { id: 'gate/too-long', values: { pixels: 5000, most: 2048, least: 600 } },
    ]);
  });

  it('judges by the kept region, where there is one, whether the lesion is covered', () => {
    const ids = (change: Partial<GateEvidence>) =>
      decide(gateEvidence(HARMLESS, change), 'clinical').reasons.map(({ id }) => id);
    expect(ids({ coveredShare: 0.9, keepCovered: 0.1 })).toEqual([]);
    expect(ids({ coveredShare: 0.1, keepCovered: 0.51 })).toEqual(['gate/keep-covered']);
    expect(ids({ keepCovered: NaN })).toEqual(['gate/keep-covered']);
    // What was covered in doubt is judged by it too.
    expect(ids({ doubtful: ['face'], keepCovered: 0.1 })).toEqual([]);
    // A photo of a face of which enough skin is left shows its lesion.
    const skin = (share: number) => [{ share, showsFeature: false, isCropped: false }];
    expect(ids({ coveredShare: 0.9, openFaces: skin(0.2) })).toEqual([]);
    expect(ids({ coveredShare: 0.9, openFaces: skin(0.1) })).toEqual(['gate/covered']);
  });

  it('lets no more of a face out to the public than a patch of skin, and says what would help', () => {
    const remedies = [{ id: 'remedy/cover-face', values: { risk: 0.05 } }] as const;
    const reasons = (openFaces: GateEvidence['openFaces'], destination: keyof typeof PROFILES = 'public') =>
      decide(gateEvidence(HARMLESS, { openFaces, remedies }), destination);
    const face = { share: 0.4, showsFeature: false, isCropped: false };
    expect(reasons([face])).toEqual({
      outcome: 'review',
      reasons: [{ id: 'gate/skin-of-face', values: { share: 0.4, remedies } }],
      lookingIsEnough: false,
    });
    expect(reasons([{ ...face, share: NaN }]).outcome).toBe('review');
    expect(reasons([{ ...face, share: 0.001, showsFeature: true }]).outcome).toBe('review');
    for (const destination of ['professional', 'clinical'] as const) {
      expect(reasons([face], destination).outcome).toBe('cleared');
    }
  });

  it('sends a risk above the limit to review, and one that is not a number', () => {
    const at = (after: number) => decide(gateEvidence({ before: 1, after, reasons: [] }), 'public').outcome;
    expect(at(0.09)).toBe('cleared');
    expect(at(0.0901)).toBe('review');
    expect(at(NaN)).toBe('review');
  });

  it('lets the user be stricter, and only stricter', () => {
    const score = { before: 1, after: 0.06, reasons: [] };
    const outcome = (maxRisk?: number) => decide(gateEvidence(score), 'public', maxRisk).outcome;
    expect([outcome(), outcome(0.06), outcome(0.05)]).toEqual(['cleared', 'cleared', 'review']);
    expect(decide(gateEvidence({ ...score, after: 0.5 }), 'public', 0.9).outcome).toBe('review');
  });

  it('asks a person to look after a tattoo that goes to the public', () => {
    const of = (destination: 'public' | 'clinical') =>
      decide(gateEvidence({ before: 1, after: 0, reasons: [] }, { found: ['tattoo', 'face'] }), destination);
    expect(of('public').reasons).toEqual([{ id: 'gate/look-after', values: { kind: 'tattoo' } }]);
    expect(of('clinical').outcome).toBe('cleared');
    expect([of('public').lookingIsEnough, of('clinical').lookingIsEnough]).toEqual([true, false]);
    const risky = gateEvidence({ before: 1, after: 0.5, reasons: [] }, { found: ['tattoo'] });
    expect(decide(risky, 'public').lookingIsEnough).toBe(false);
  });

  it.each([
    [{ bytes: 5_242_881 }, { id: 'gate/size', values: { bytes: 5_242_881, most: 5_242_880 } }],
    [{ bytes: NaN }, { id: 'gate/size', values: { bytes: 5_242_881, most: 5_242_880 } }],
    [
      { format: 'tiff' },
      { id: 'gate/format', values: { format: 'tiff', taken: ['jpeg', 'png', 'webp', 'gif'] } },
    ],
  ] as const)('sends what the destination does not take to review: %j', (change, reason) => {
    const harmless = { before: 1, after: 0, reasons: [] };
    expect(decide(gateEvidence(harmless, change), 'public').reasons).toEqual([reason]);
  });

  it('counts sensor noise where it need not be suppressed, and asks for a look where it must be', () => {
    const checks: CheckResult[] = [
      PASSED,
      {
        check: 'sensor-noise',
        status: 'found',
        details: { id: 'sensor-noise/tells-camera', values: { energy: 900, limit: 743 } },
      },
    ];
    const score = scoreRisk(evidence({ checks }));
    expect(decide(gateEvidence(score, { checks }), 'public').outcome).toBe('review');
    expect(decide(gateEvidence(score, { checks }), 'clinical').outcome).toBe('cleared');
  });

  it('names what raises the risk most', () => {
    const score = scoreRisk(evidence({ metadata: [], keptBack: [], checks: [PASSED, UNKNOWN] }));
    const { reasons } = decide(gateEvidence(score, { checks: [PASSED, UNKNOWN] }), 'clinical', 0.3);
    expect(reasons).toEqual([
      NO_ANSWER,
      {
        id: 'gate/risk',
        values: {
          after: score.after,
          most: 0.3,
          destination: 'clinical',
          worst: { id: 'check-unknown', values: { check: 'dimensions-match', why: NO_ANSWER } },
        },
      },
    ]);
  });

  it.each([
    ['a check', { ...PASSED, check: 'unheard-of' }],
    ['a finding', { ...PASSED, details: { id: 'container-walk/unheard-of', values: {} } }],
    ['a value', { ...PASSED, details: { id: 'container-walk/clean', values: { parts: 'many' } } }],
    ['another check’s finding', { ...PASSED, details: NO_ANSWER, check: 'unheard-of' }],
    ['a sentence', { ...PASSED, details: { id: 'told', values: { text: 'All is well' } } }],
  ] as [string, CheckResult][])('refuses %s that nobody has declared, whatever it says', (_what, result) => {
    const checks = [result];
    const score = scoreRisk(evidence({ checks }));
    expect(score.after).toBeGreaterThan(PROFILES.clinical.mostRisk);
    expect(decide(gateEvidence({ ...score, after: 0 }, { checks }), 'clinical')).toEqual({
      outcome: 'refused',
      reasons: [{ id: 'gate/unknown-check', values: { check: result.check } }],
      lookingIsEnough: false,
    });
    expect(consequenceOf('unheard-of', 'clinical')).toBe('refuse');
  });

  it('accepts more risk for a narrower audience', () => {
    expect(PROFILES.public.mostRisk).toBeLessThan(PROFILES.professional.mostRisk);
    expect(PROFILES.professional.mostRisk).toBeLessThan(PROFILES.clinical.mostRisk);
  });

  it('sends a photo with a part of a face in a kept region to review everywhere', () => {
    const kept = evidence({ keptBack: [{ kind: 'face', shown: true, share: 0.5, reason: SHOWN }] });
    for (const destination of DESTINATIONS) {
      expect(decide(gateEvidence(scoreRisk(kept)), destination).outcome).toBe('review');
    }
  });
});
