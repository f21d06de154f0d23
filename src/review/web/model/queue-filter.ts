import type { DetectionKind } from '../../../core/detection.js';
import type { Finding } from '../../../core/finding.js';
import type { QueueEntry } from '../../api.js';

export const RISK_RANGES = ['low', 'middle', 'high'] as const;
export type RiskRange = (typeof RISK_RANGES)[number];

/** Which part of the queue is shown; an absent field lets everything through. */
export interface QueueFilter {
  readonly kind?: DetectionKind | undefined;
  /** The name of a sort of reasons: see `reasonName`. */
  readonly reason?: string | undefined;
  readonly risk?: RiskRange | undefined;
  readonly state?: QueueEntry['state'] | undefined;
}

/** The entries that pass the filter, in the same order. @param nameOf gives the name of a reason's sort */
export function filterQueue(
  entries: readonly QueueEntry[],
  { kind, reason, risk, state }: QueueFilter,
  nameOf: (reason: Finding) => string,
): QueueEntry[] {
  return entries.filter(
    (entry) =>
      (kind === undefined || entry.kinds.includes(kind)) &&
      (reason === undefined || entry.reasons.some((each) => nameOf(each) === reason)) &&
      (risk === undefined || rangeOf(entry.risk) === risk) &&
      (state === undefined || entry.state === state),
  );
}

function rangeOf(risk: number): RiskRange {
  if (risk <= 0.1) return 'low';
  return risk <= 0.3 ? 'middle' : 'high';
}

/** The next waiting entry, searched for after `seq` and then from the start; undefined when none waits. */
export function nextWaiting(entries: readonly QueueEntry[], seq: number): QueueEntry | undefined {
  const at = entries.findIndex((entry) => entry.seq === seq);
  return [...entries.slice(at + 1), ...entries.slice(0, Math.max(0, at))].find(
    ({ state }) => state === 'review',
  );
}
