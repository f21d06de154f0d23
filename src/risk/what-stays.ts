import { DETECTION_KINDS } from '../core/detection.js';
import type { RiskReason } from './contract.js';

/** The kind that a reason is about, at the end of its id. */
const KIND = new RegExp(`-(${DETECTION_KINDS.join('|')})$`);

/**
 * The reasons before, with what stays: nothing that is true of the written photo was less true of its source, as
 * covering adds nothing. A topic that weighs more afterwards, such as a face that may have been missed where none was
 * seen, counts as much before.
 */
export function withWhatStays(before: readonly RiskReason[], after: readonly RiskReason[]): RiskReason[] {
  const heavier = new Set(
    after.map(topicOf).filter((topic) => combined(ofTopic(after, topic)) > combined(ofTopic(before, topic))),
  );
  const stays = after.filter((reason) => {
    const was = before.find(({ id }) => id === reason.id)?.probability ?? 0;
    return heavier.has(topicOf(reason)) && reason.probability > was;
  });
  const ids = new Set(stays.map(({ id }) => id));
  return [
    ...before.filter(({ id }) => !ids.has(id)),
    ...stays.map((reason) => ({ ...reason, when: 'before' as const })),
  ];
}

const ofTopic = (reasons: readonly RiskReason[], topic: string) =>
  reasons.filter((reason) => topicOf(reason) === topic);

/** As if the reasons were independent. */
export function combined(reasons: readonly Pick<RiskReason, 'probability'>[]): number {
  return 1 - reasons.reduce((rest, { probability }) => rest * (1 - probability), 1);
}

/** What a reason is about: those of one topic stand for each other. */
function topicOf({ id }: Pick<RiskReason, 'id'>): string {
  if (id === 'check-face-match') return 'face';
  return KIND.exec(id)?.[1] ?? (id.startsWith('open-') ? 'open' : id);
}
