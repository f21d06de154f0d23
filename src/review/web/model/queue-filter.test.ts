import { expect, it } from 'vitest';
import type { QueueEntry } from '../../api.js';
import { filterQueue, nextWaiting } from './queue-filter.js';

const entry = (seq: number, change: Partial<QueueEntry> = {}): QueueEntry => ({
  seq,
  state: 'review',
  kinds: [],
  reasons: [],
  risk: 0.05,
  width: 1,
  height: 1,
  canEdit: true,
  asks: 'reason',
  most: 0.09,
  destination: 'public',
  isLaxerThanRun: false,
  ...change,
});

const ENTRIES = [
  entry(1, { kinds: ['face'], reasons: [{ id: 'a', values: { n: 1 } }] }),
  entry(2, { kinds: ['face', 'text'], risk: 0.3, reasons: [{ id: 'b', values: {} }] }),
  entry(3, { state: 'accepted', risk: 0.9 }),
  entry(4, { reasons: [{ id: 'a', values: { n: 2 } }] }),
];
const seqs = (filter: Parameters<typeof filterQueue>[1]) =>
  filterQueue(ENTRIES, filter, ({ id }) => id).map(({ seq }) => seq);

it('filters by kind, sort of reason, risk and state, and by all at once', () => {
  expect(seqs({})).toEqual([1, 2, 3, 4]);
  expect(seqs({ kind: 'face' })).toEqual([1, 2]);
  expect(seqs({ reason: 'a' })).toEqual([1, 4]);
  expect(seqs({ risk: 'middle' })).toEqual([2]);
  expect(seqs({ risk: 'high' })).toEqual([3]);
  expect(seqs({ state: 'review' })).toEqual([1, 2, 4]);
  expect(seqs({ state: 'review', kind: 'face', risk: 'low' })).toEqual([1]);
});

it('goes on to the next that waits, and round to the first', () => {
  expect(nextWaiting(ENTRIES, 2)?.seq).toBe(4);
  expect(nextWaiting(ENTRIES, 4)?.seq).toBe(1);
  expect(nextWaiting([ENTRIES[2]!, ENTRIES[0]!], 1)).toBeUndefined();
});
