import type { DetectionKind } from '../../../core/detection.js';
import type { Finding } from '../../../core/finding.js';
import type { QueueEntry } from '../../api.js';

export const SORTS = ['seq', 'riskiest', 'safest', 'name'] as const;
export type QueueSort = (typeof SORTS)[number];

/** Which part of the queue is shown; an absent field lets everything through. */
export interface QueueFilter {
  readonly kind?: DetectionKind | undefined;
  /** The name of a sort of reasons: see `reasonName` of src/words. */
  readonly reason?: string | undefined;
  /** Up to the limit of this number, and above the one before; one more than there are limits: above all. */
  readonly risk?: number | undefined;
  readonly state?: QueueEntry['state'] | undefined;
}

/**
 * The entries that pass the filter, in the same order.
 * @param nameOf gives the name of a reason's sort
 * @param limits of the destinations, in ascending order
 */
export function filterQueue(
  entries: readonly QueueEntry[],
  { kind, reason, risk, state }: QueueFilter,
  nameOf: (reason: Finding) => string,
  limits: readonly number[],
): QueueEntry[] {
  return entries.filter(
    (entry) =>
      (kind === undefined || entry.kinds.includes(kind)) &&
      (reason === undefined || entry.reasons.some((each) => nameOf(each) === reason)) &&
      (risk === undefined || rangeOf(entry.risk, limits) === risk) &&
      (state === undefined || entry.state === state),
  );
}

/** How many limits a risk is above. */
function rangeOf(risk: number | undefined, limits: readonly number[]): number | undefined {
  return risk === undefined ? undefined : limits.filter((most) => risk > most).length;
}

/** The entries in another order; those that are equal in it stay in the order of the ledger. */
export function sortQueue(entries: readonly QueueEntry[], sort: QueueSort, locale: string): QueueEntry[] {
  const names = new Intl.Collator(locale, { numeric: true });
  const orders: Readonly<Record<QueueSort, (a: QueueEntry, b: QueueEntry) => number>> = {
    seq: (a, b) => a.seq - b.seq,
    // Without a risk nothing was written: that comes last.
    riskiest: (a, b) => (b.risk ?? -1) - (a.risk ?? -1),
    safest: (a, b) => (a.risk ?? 2) - (b.risk ?? 2),
    name: (a, b) => names.compare(a.name, b.name),
  };
  return [...entries].sort(orders[sort]);
}

/** The waiting entries, itself included, that wait for the same sorts of reasons and ask the same of a person. */
export function equalEntries(
  entries: readonly QueueEntry[],
  entry: QueueEntry,
  nameOf: (reason: Finding) => string,
): QueueEntry[] {
  const sortsOf = ({ asks, reasons }: QueueEntry) =>
    JSON.stringify([asks, [...new Set(reasons.map(nameOf))].sort()]);
  return entries.filter((each) => each.state === 'review' && sortsOf(each) === sortsOf(entry));
}

/** The next waiting entry, searched for after `seq` and then from the start; undefined when none waits. */
export function nextWaiting(entries: readonly QueueEntry[], seq: number): QueueEntry | undefined {
  const at = entries.findIndex((entry) => entry.seq === seq);
  return [...entries.slice(at + 1), ...entries.slice(0, Math.max(0, at))].find(
    ({ state }) => state === 'review',
  );
}
