import { CAPTION_CLASSES } from '../core/caption.js';
import { CONTEXT_IDS, UNSEEN_CONTEXT } from '../core/context.js';
import { DETECTION_KINDS, FACE_FEATURES, type DetectionKind, type TextClass } from '../core/detection.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import type { RiskReason, RiskScore } from './contract.js';
import type { RiskEvidence } from './evidence.js';
import { recognitionProbability } from './face-recognition.js';
import {
  factorOf,
  MISSED_BESIDE,
  type FeatureFactor,
  type KindFactor,
  type MetadataFactor,
} from './factors.js';
import type { HipaaIdentifier } from './identifier-classes.js';
import { openFeatures, readableIris, type OpenFeature } from './open-features.js';

export type { RiskReason, RiskScore } from './contract.js';
export type { NotExamined, RiskEvidence } from './evidence.js';

/**
 * Combines all reasons as if they were independent: 1 − ∏ (1 − p). The same evidence gives the same score, in
 * whatever order it comes; something that identifies directly makes it 1, and nothing unknown counts as 0.
 */
export function scoreRisk(evidence: RiskEvidence): RiskScore {
  const reasons = [...reasonsBefore(evidence), ...reasonsAfter(evidence)];
  const combined = (when: RiskReason['when']) =>
    1 - reasons.filter((reason) => reason.when === when).reduce((rest, r) => rest * (1 - r.probability), 1);
  return { before: combined('before'), after: combined('after'), reasons };
}

const SKIN_TEXT = 'Somebody who knows this skin may recognise it';

function reasonsBefore({ metadata, detections, notExamined, caption }: RiskEvidence): RiskReason[] {
  const groups = new Set(metadata.filter(({ identifying }) => identifying).map(({ group }) => group));
  const seen = new Set(detections.filter(({ feature }) => !feature).map(({ kind }) => kind));
  const classes = new Set(detections.flatMap(({ textClass }) => textClass ?? []));
  return [
    ...METADATA_GROUPS.filter((group) => groups.has(group)).map((group) =>
      reason('before', `metadata-${group}` satisfies MetadataFactor, `Metadata tells: ${group}`),
    ),
    ...DETECTION_KINDS.filter((kind) => seen.has(kind)).map((kind) => {
      const shown = reason('before', `seen-${kind}` satisfies KindFactor, `The photo shows: ${kind}`);
      return kind === 'text' ? withTextClasses(shown, classes) : shown;
    }),
    ...ofFeatures(openFeatures(detections, []), 'before'),
    ...ofCaption(caption, 'before'),
    ...unexamined(notExamined, 'before'),
    reason('before', 'skin', SKIN_TEXT),
  ];
}

function reasonsAfter(evidence: RiskEvidence): RiskReason[] {
  const { checks, keptBack, notExamined, detections, context } = evidence;
  const shown = new Set(keptBack.filter((kept) => kept.shown).map(({ kind }) => kind));
  const nobodyLooked = new Set(notExamined.map(({ kind }) => kind));
  return [
    ...(checks.length === 0 ? [reason('after', 'nothing-checked', 'No written file was checked')] : []),
    ...reasonsOfChecks(checks),
    ...DETECTION_KINDS.filter((kind) => shown.has(kind)).map((kind) => shownOf(kind, keptBack)),
    ...recognised(evidence),
    ...(detections.some(({ allowed }) => allowed)
      ? [reason('after', 'allowed-text', 'Text that the settings allow stays visible')]
      : []),
    ...ofFeatures(evidence.openFeatures, 'after'),
    ...ofCaption(evidence.caption, 'after'),
    ...unexamined(notExamined, 'after'),
    ...DETECTION_KINDS.filter((kind) => !nobodyLooked.has(kind)).map((kind) => missed(evidence, kind)),
    ...CONTEXT_IDS.flatMap((id) =>
      context
        .filter((found) => found.id === id)
        .map(({ details }) => reason('after', `context-${id}`, details)),
    ),
    reason('after', 'context-unseen', `Nobody looked for ${UNSEEN_CONTEXT}`),
    reason('after', 'skin', SKIN_TEXT),
  ];
}

/** How much of a face shows decides how likely it is recognised: measured, docs/face-matching.md. */
function shownOf(kind: DetectionKind, keptBack: RiskEvidence['keptBack']): RiskReason {
  const found = reason(
    'after',
    `shown-${kind}` satisfies KindFactor,
    `A part of a ${kind} stays visible in a kept region`,
  );
  if (kind !== 'face') return found;
  const shares = keptBack.filter((kept) => kept.kind === kind && kept.shown).map(({ share }) => share);
  return {
    ...found,
    probability: Math.max(found.probability, ...shares.map((share) => recognitionProbability({ share }))),
  };
}

/** Hair, clothes and surroundings stay around a face that was covered. */
function recognised({ redactions }: RiskEvidence): RiskReason[] {
  const isCovered = redactions.some((frame) => frame.some(({ kinds }) => kinds.includes('face')));
  return isCovered
    ? [reason('after', 'recognised-face', 'A covered face may still be named by what surrounds it')]
    : [];
}

/** In the order of their ids, whatever the order in which they ran. */
function reasonsOfChecks(checks: RiskEvidence['checks']): RiskReason[] {
  return [...checks]
    .sort((a, b) => (a.check < b.check ? -1 : 1))
    .flatMap(({ check, status, details }) => {
      if (status === 'not-found') return [];
      if (status === 'found') return [reason('after', `check-${check}`, details)];
      return [reason('after', 'check-unknown', `The check "${check}" gave no answer: ${details}`)];
    });
}

/** Each once; of an eye whose iris can be read, that. */
function ofFeatures(features: readonly OpenFeature[], when: RiskReason['when']): RiskReason[] {
  const iris = readableIris(features);
  return FACE_FEATURES.filter((feature) => features.some((open) => open.feature === feature)).map(
    (feature) => {
      if (feature === 'eye' && iris !== undefined) {
        const text = `The photo shows an eye whose iris can be read (about ${Math.round(iris)} pixels across)`;
        return reason(when, 'open-iris' satisfies FeatureFactor, text);
      }
      return reason(
        when,
        `open-${feature}` satisfies FeatureFactor,
        `The photo shows a single feature of a face: ${feature}`,
      );
    },
  );
}

/** The caption is as it was: nothing in it is rewritten. */
function ofCaption(caption: RiskEvidence['caption'], when: RiskReason['when']): RiskReason[] {
  return CAPTION_CLASSES.flatMap((kind) => {
    const lines = caption.filter((mention) => mention.class === kind).map(({ line }) => `line ${line}`);
    if (lines.length === 0) return [];
    return [reason(when, `caption-${kind}`, `The caption tells: ${kind} (${lines.join(', ')})`)];
  });
}

function unexamined(notExamined: RiskEvidence['notExamined'], when: RiskReason['when']): RiskReason[] {
  return DETECTION_KINDS.flatMap((kind) => {
    const entries = notExamined.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const attested = entries.every((entry) => entry.attested);
    const text = attested
      ? `Not examined for: ${kind}; the user attests that there is none`
      : `Not examined for: ${kind}`;
    const id: KindFactor = `${attested ? 'attested' : 'not-examined'}-${kind}`;
    return [reason(when, id, text)];
  });
}

/** Counts regions in the fullest frame: the frames of an animation share theirs. */
function missed({ redactions }: RiskEvidence, kind: DetectionKind): RiskReason {
  const count = redactions.reduce(
    (most, frame) => Math.max(most, frame.filter(({ kinds }) => kinds.includes(kind)).length),
    0,
  );
  const id: KindFactor = `missed-${kind}`;
  if (count === 0) return reason('after', id, `No ${kind} was found, but one may have been missed`);
  const { first, more, most } = MISSED_BESIDE[kind];
  const text = `Beside the ${kind} regions covered (${count}), one may have been missed`;
  return { ...reason('after', id, text), probability: Math.min(most, first + more * (count - 1)) };
}

/** What the letters looked like says which identifiers they may be. */
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

function withTextClasses(shown: RiskReason, classes: ReadonlySet<TextClass>): RiskReason {
  if (classes.size === 0) return shown;
  const hipaa = [...new Set([...classes].flatMap((textClass) => HIPAA_OF_TEXT[textClass]))].sort();
  return { ...shown, hipaa, text: `${shown.text} (${[...classes].sort().join(', ')})` };
}

function reason(when: RiskReason['when'], id: string, text: string): RiskReason {
  const { probability, hipaa, wp216, dicom } = factorOf(id);
  return { id, probability, text, when, hipaa, wp216, dicom };
}
