import { expect, it } from 'vitest';
import type { QueueEntry } from '../../api.js';
import { equalEntries, filterQueue, nextWaiting, sortQueue } from './queue-filter.js';

const entry = (seq: number, change: Partial<QueueEntry> = {}): QueueEntry => ({
  seq,
  name: `IMG_${seq}.jpg`,
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
const nameOf = ({ id }: { readonly id: string }) => id;
const seqs = (filter: Parameters<typeof filterQueue>[1]) =>
  filterQueue(ENTRIES, filter, nameOf, [0.09, 0.2, 0.33]).map(({ seq }) => seq);

it('filters by kind, sort of reason, risk and state, and by all at once', () => {
  expect(seqs({})).toEqual([1, 2, 3, 4]);
  expect(seqs({ kind: 'face' })).toEqual([1, 2]);
  expect(seqs({ reason: 'a' })).toEqual([1, 4]);
  expect(seqs({ risk: 2 })).toEqual([2]);
  expect(seqs({ risk: 3 })).toEqual([3]);
  expect(seqs({ state: 'review' })).toEqual([1, 2, 4]);
  expect(seqs({ state: 'review', kind: 'face', risk: 0 })).toEqual([1]);
});

it('goes on to the next that waits, and round to the first', () => {
  expect(nextWaiting(ENTRIES, 2)?.seq).toBe(4);
  expect(nextWaiting(ENTRIES, 4)?.seq).toBe(1);
  expect(nextWaiting([ENTRIES[2]!, ENTRIES[0]!], 1)).toBeUndefined();
});

it('divides risks where the destinations draw their limits; what is at a limit is within it', () => {
  const { risk: _, ...unwritten } = entry(9);
  const at = (risk: number) =>
    [0, 1, 2, 3].filter(
      (range) => filterQueue([entry(1, { risk })], { risk: range }, nameOf, [0.09, 0.2, 0.33]).length > 0,
    );
  expect([0, 0.09, 0.090001, 0.2, 0.21, 0.33, 0.34, 1].map(at)).toEqual([
    [0],
    [0],
    [1],
    [1],
    [2],
    [2],
    [3],
    [3],
  ]);
  expect(filterQueue([unwritten], { risk: 0 }, nameOf, [0.09])).toEqual([]);
});

it('sorts by number, risk and name, numbers in names as numbers', () => {
  const { risk: _, ...unwritten } = entry(3, { name: 'IMG_9.jpg' });
  const list = [
    entry(2, { risk: 0.5, name: 'IMG_10.jpg' }),
    unwritten,
    entry(1, { risk: 0.1, name: 'a.png' }),
  ];
  const order = (by: Parameters<typeof sortQueue>[1]) => sortQueue(list, by, 'en').map(({ seq }) => seq);
  expect(order('seq')).toEqual([1, 2, 3]);
  expect(order('riskiest')).toEqual([2, 1, 3]);
  expect(order('safest')).toEqual([1, 2, 3]);
  expect(order('name')).toEqual([1, 3, 2]);
});

it('puts together what waits for the same sorts of reasons and asks the same', () => {
  const look = { asks: 'look' as const, reasons: [{ id: 'x', values: { share: 0.6 } }] };
  const first = entry(1, look);
  const list = [
    first,
    entry(2, { ...look, reasons: [{ id: 'x', values: { share: 0.9 } }] }),
    entry(3, { ...look, asks: 'reason' }),
    entry(4, { ...look, reasons: [...look.reasons, { id: 'y', values: {} }] }),
    entry(5, { ...look, state: 'accepted' }),
  ];
  expect(equalEntries(list, first, nameOf).map(({ seq }) => seq)).toEqual([1, 2]);
});
