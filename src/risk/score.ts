import { CAPTION_CLASSES } from '../core/caption.js';
import { CONTEXT_IDS, type ContextFinding } from '../core/context.js';
import { DETECTION_KINDS, FACE_FEATURES, type DetectionKind, type TextClass } from '../core/detection.js';
import type { Finding } from '../core/finding.js';
import type { FactorFinding } from '../core/findings.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import type { CheckResult } from '../verify/contract.js';
import { isDeclared } from '../verify/declarations.js';
import type { RiskReason, RiskScore } from './contract.js';
import type { RiskEvidence } from './evidence.js';
import { recognitionProbability } from './face-recognition.js';
import { countThings } from '../core/count-things.js';
import { factorOf, MISSED_BESIDE, OVERLOOKED_TOO } from './factors.js';
import type { HipaaIdentifier } from './identifier-classes.js';
import { combined, withWhatStays } from './what-stays.js';
import { openFeatures, readableIris, type OpenFeature } from './open-features.js';

export type { RiskReason, RiskScore } from './contract.js';
export type { NotExamined, RiskEvidence } from './evidence.js';

/**
 * Combines all reasons as if they were independent: 1 − ∏ (1 − p). The same evidence gives the same score, in whatever
 * order it comes; something that identifies directly makes it 1, and nothing unknown counts as 0. What is left counts
 * before, too: no photo is riskier after its treatment.
 */
export function scoreRisk(evidence: RiskEvidence): RiskScore {
  const left = reasonsAfter(evidence);
  const before = withWhatStays(reasonsBefore(evidence), left);
  const after = combined(left);
  // Products of the same numbers in another order differ in their last digit.
  return { before: Math.max(combined(before), after), after, reasons: [...before, ...left] };
}

function reasonsBefore({ metadata, detections, notExamined, caption }: RiskEvidence): RiskReason[] {
  const groups = new Set(metadata.filter(({ identifying }) => identifying).map(({ group }) => group));
  const seen = new Set(detections.filter(({ feature }) => !feature).map(({ kind }) => kind));
  const classes = new Set(detections.flatMap(({ textClass }) => textClass ?? []));
  return [
    ...METADATA_GROUPS.filter((group) => groups.has(group)).map((group) =>
      reason('before', { id: `metadata-${group}`, values: {} }),
    ),
    ...DETECTION_KINDS.filter((kind) => seen.has(kind)).map((kind) =>
      kind === 'text' ? seenText(classes) : reason('before', { id: `seen-${kind}`, values: {} }),
    ),
    ...ofFeatures(openFeatures(detections, []), 'before'),
    ...ofCaption(caption, 'before'),
    ...unexamined(notExamined, 'before'),
    reason('before', { id: 'skin', values: {} }),
  ];
}

function reasonsAfter(evidence: RiskEvidence): RiskReason[] {
  const { checks, keptBack, notExamined, detections, context } = evidence;
  const shown = new Set(keptBack.filter((kept) => kept.shown).map(({ kind }) => kind));
  if (evidence.openFaces.some(({ showsFeature }) => showsFeature)) shown.add('face');
  const nobodyLooked = new Set(notExamined.map(({ kind }) => kind));
  return [
    ...(checks.length === 0 ? [reason('after', { id: 'nothing-checked', values: {} })] : []),
    ...(checks === 'to-come' ? [] : reasonsOfChecks(checks)),
    ...DETECTION_KINDS.filter((kind) => shown.has(kind)).map((kind) => shownOf(kind, evidence)),
    ...skinOfFace(evidence),
    ...recognised(evidence),
    ...(detections.some(({ allowed }) => allowed)
      ? [reason('after', { id: 'allowed-text', values: {} })]
      : []),
    ...ofFeatures(evidence.openFeatures, 'after'),
    ...ofCaption(evidence.caption, 'after'),
    ...unexamined(notExamined, 'after'),
    ...DETECTION_KINDS.filter((kind) => !nobodyLooked.has(kind)).map((kind) => missed(evidence, kind)),
    ...CONTEXT_IDS.flatMap((id) =>
      context.filter((found) => found.id === id).map((found) => reason('after', ofContext(found))),
    ),
    reason('after', { id: 'context-unseen', values: {} }),
    reason('after', { id: 'skin', values: {} }),
  ];
}

/** The more of a face shows, the likelier it is to be recognised: measured in docs/face-matching.md. */
function shownOf(kind: DetectionKind, { keptBack, openFaces }: RiskEvidence): RiskReason {
  const found = reason('after', { id: `shown-${kind}`, values: {} });
  if (kind !== 'face') return found;
  const shares = [
    ...keptBack.filter((kept) => kept.kind === kind && kept.shown),
    ...openFaces.filter(({ showsFeature }) => showsFeature),
  ].map(({ share }) => share);
  return {
    ...found,
    probability: Math.max(found.probability, ...shares.map((share) => recognitionProbability({ share }))),
  };
}

/** Skin without a feature: the face of which most is left counts (docs/FACES.md). */
function skinOfFace({ openFaces }: RiskEvidence): RiskReason[] {
  const [most] = openFaces
    .filter(({ showsFeature }) => !showsFeature)
    .map(({ share, isCropped }) => ({
      share,
      probability: recognitionProbability({ share, features: false, surroundings: !isCropped }),
    }))
    .sort((a, b) => b.probability - a.probability);
  if (!most) return [];
  const found = reason('after', { id: 'skin-of-face', values: { share: most.share } });
  return [{ ...found, probability: most.probability }];
}

/** A covered face may still be recognised by the hair, clothes and surroundings around it. */
function recognised({ redactions }: RiskEvidence): RiskReason[] {
  const isCovered = redactions.some((frame) => frame.some(({ kinds }) => kinds.includes('face')));
  return isCovered ? [reason('after', { id: 'recognised-face', values: {} })] : [];
}

/** Sorted by the checks' ids, whatever the order in which they ran. */
function reasonsOfChecks(checks: readonly CheckResult[]): RiskReason[] {
  return [...checks]
    .sort((a, b) => (a.check < b.check ? -1 : 1))
    .flatMap((result) => {
      const { check, status, details } = result;
      if (status === 'could-not-tell' || !isDeclared(result)) {
        return [reason('after', { id: 'check-unknown', values: { check, why: details } })];
      }
      return status === 'found' ? [classified('after', { id: `check-${check}`, values: {} })] : [];
    });
}

/** Each kind of feature once; for an eye with a readable iris, the iris instead. */
function ofFeatures(features: readonly OpenFeature[], when: RiskReason['when']): RiskReason[] {
  const iris = readableIris(features);
  return FACE_FEATURES.filter((feature) => features.some((open) => open.feature === feature)).map(
    (feature) => {
      if (feature === 'eye' && iris !== undefined) {
        return reason(when, { id: 'open-iris', values: { pixels: Math.round(iris) } });
      }
      return reason(when, { id: `open-${feature}`, values: {} });
    },
  );
}

/** The same before and after: nothing in a caption is rewritten. */
function ofCaption(caption: RiskEvidence['caption'], when: RiskReason['when']): RiskReason[] {
  return CAPTION_CLASSES.flatMap((kind) => {
    const lines = caption.filter((mention) => mention.class === kind).map(({ line }) => line);
    if (lines.length === 0) return [];
    return [reason(when, { id: `caption-${kind}`, values: { lines } })];
  });
}

function unexamined(notExamined: RiskEvidence['notExamined'], when: RiskReason['when']): RiskReason[] {
  return DETECTION_KINDS.flatMap((kind) => {
    const entries = notExamined.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const attested = entries.every((entry) => entry.attested);
    return [reason(when, { id: `${attested ? 'attested' : 'not-examined'}-${kind}`, values: {} })];
  });
}

/** Counts the regions of the frame that has most: the frames of an animation show the same things. */
function missed({ redactions, looked = [] }: RiskEvidence, kind: DetectionKind): RiskReason {
  const covered = redactions.reduce(
    (most, frame) => Math.max(most, countThings(frame.filter(({ kinds }) => kinds.includes(kind)))),
    0,
  );
  const found = reason('after', { id: `missed-${kind}`, values: { covered } });
  const { first, more, most } = MISSED_BESIDE[kind];
  const probability = covered === 0 ? found.probability : Math.min(most, first + more * (covered - 1));
  if (!looked.includes(kind)) return { ...found, probability };
  const { probability: attested } = factorOf(`attested-${kind}`);
  return {
    ...reason('after', { id: `looked-${kind}`, values: { covered } }),
    probability: Math.min(attested, probability * OVERLOOKED_TOO),
  };
}

/** Which identifiers a text may be, by what it looks like. */
const HIPAA_OF_TEXT: Readonly<Record<TextClass, readonly HipaaIdentifier[]>> = {
  name: ['A'],
  address: ['B'],
  date: ['C'],
  phone: ['D'],
  email: ['F'],
  identifier: ['H', 'R'],
  number: ['R'],
  other: ['R'],
};

function seenText(classes: ReadonlySet<TextClass>): RiskReason {
  const shown = reason('before', { id: 'seen-text', values: { classes: [...classes].sort() } });
  if (classes.size === 0) return shown;
  const hipaa = [...new Set([...classes].flatMap((textClass) => HIPAA_OF_TEXT[textClass]))].sort();
  return { ...shown, hipaa };
}

function ofContext(found: ContextFinding): FactorFinding {
  switch (found.id) {
    case 'several-people':
      return { id: 'context-several-people', values: { people: found.people } };
    case 'hand-ridges':
      return { id: 'context-hand-ridges', values: { pixels: found.pixels } };
    default:
      return { id: `context-${found.id}`, values: { things: found.things } };
  }
}

function reason(when: RiskReason['when'], finding: FactorFinding): RiskReason {
  return classified(when, finding);
}

function classified(when: RiskReason['when'], { id, values }: Finding): RiskReason {
  const { probability, hipaa, wp216, dicom } = factorOf(id);
  return { id, values, probability, when, hipaa, wp216, dicom };
}
