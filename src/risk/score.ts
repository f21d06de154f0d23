import { DETECTION_KINDS, type DetectionKind } from '../core/detection.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import type { RiskEvidence } from './evidence.js';
import * as priors from './factors.js';

export type { NotExamined, RiskEvidence } from './evidence.js';

/** One thing that raises the risk. */
export interface RiskReason {
  readonly id: string;
  /** 0–1, of this reason alone. */
  readonly probability: number;
  /** In plain words. */
  readonly text: string;
  readonly when: 'before' | 'after';
}

/** Risk that a stranger learns who the patient is, 0–1; from priors that are not calibrated yet. */
export interface RiskScore {
  /** Of the source. */
  readonly before: number;
  /** Of the written file. */
  readonly after: number;
  readonly reasons: readonly RiskReason[];
}

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

function reasonsBefore({ metadata, detections, notExamined }: RiskEvidence): RiskReason[] {
  const groups = new Set(metadata.filter(({ identifying }) => identifying).map(({ group }) => group));
  const seen = new Set(detections.map(({ kind }) => kind));
  return [
    ...METADATA_GROUPS.filter((group) => groups.has(group)).map((group) =>
      reason('before', `metadata-${group}`, priors.METADATA_PRIORS[group], `Metadata tells: ${group}`),
    ),
    ...DETECTION_KINDS.filter((kind) => seen.has(kind)).map((kind) =>
      reason('before', `seen-${kind}`, priors.SEEN_PRIORS[kind], `The photo shows: ${kind}`),
    ),
    ...unexamined(notExamined, 'before'),
    reason('before', 'skin', priors.SKIN_PRIOR, SKIN_TEXT),
  ];
}

function reasonsAfter(evidence: RiskEvidence): RiskReason[] {
  const { checks, keptBack, notExamined } = evidence;
  const shown = new Set(keptBack.filter((kept) => kept.shown).map(({ kind }) => kind));
  const nobodyLooked = new Set(notExamined.map(({ kind }) => kind));
  return [
    ...(checks.length === 0
      ? [reason('after', 'nothing-checked', priors.NOTHING_CHECKED, 'No written file was checked')]
      : []),
    ...[...checks]
      .sort((a, b) => (a.check < b.check ? -1 : 1))
      .flatMap(({ check, status }) => {
        if (status === 'not-found') return [];
        const [p, what] =
          status === 'found'
            ? [priors.CHECK_FOUND, 'found something left over']
            : [priors.CHECK_UNKNOWN, 'gave no answer'];
        return [reason('after', `check-${check}`, p, `The check "${check}" ${what}`)];
      }),
    ...DETECTION_KINDS.filter((kind) => shown.has(kind)).map((kind) =>
      reason(
        'after',
        `shown-${kind}`,
        priors.SHOWN_PRIORS[kind],
        `A part of a ${kind} stays visible in a kept region`,
      ),
    ),
    ...(evidence.detections.some(({ allowed }) => allowed)
      ? [
          reason(
            'after',
            'allowed-text',
            priors.ALLOWED_TEXT_PRIOR,
            'Text that the settings allow stays visible',
          ),
        ]
      : []),
    ...unexamined(notExamined, 'after'),
    ...DETECTION_KINDS.filter((kind) => !nobodyLooked.has(kind)).map((kind) => missed(evidence, kind)),
    reason('after', 'skin', priors.SKIN_PRIOR, SKIN_TEXT),
  ];
}

const SKIN_TEXT = 'Somebody who knows this skin may recognise it';

function unexamined(notExamined: RiskEvidence['notExamined'], when: RiskReason['when']): RiskReason[] {
  return DETECTION_KINDS.flatMap((kind) => {
    const entries = notExamined.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const attested = entries.every((entry) => entry.attested);
    const text = attested
      ? `Not examined for: ${kind}; the user attests that there is none`
      : `Not examined for: ${kind}`;
    const p = attested ? priors.ATTESTED_PRIOR : priors.NOT_EXAMINED_PRIORS[kind];
    return [reason(when, `${attested ? 'attested' : 'not-examined'}-${kind}`, p, text)];
  });
}

/** Counts regions in the fullest frame: the frames of an animation share theirs. */
function missed({ redactions }: RiskEvidence, kind: DetectionKind): RiskReason {
  const count = redactions.reduce(
    (most, frame) => Math.max(most, frame.filter(({ kinds }) => kinds.includes(kind)).length),
    0,
  );
  const prior = priors.MISSED_PRIORS[kind];
  const p = count === 0 ? prior.none : Math.min(prior.most, prior.first + prior.more * (count - 1));
  const text =
    count === 0
      ? `No ${kind} was found, but one may have been missed`
      : `Beside the ${kind} regions covered (${count}), one may have been missed`;
  return reason('after', `missed-${kind}`, p, text);
}

function reason(when: RiskReason['when'], id: string, probability: number, text: string): RiskReason {
  return { id, probability, text, when };
}
