import { describe, expect, it } from 'vitest';
import { Tally } from './tally.js';

const error = (code: 'truncated' | 'timeout') => ({ code, stage: 'decode' as const });

describe('Tally', () => {
  it('counts each photo as what it became last', () => {
    const tally = new Tally();
    tally.add({ seq: 1, outcome: 'cleared' });
    tally.add({ seq: 2, outcome: 'refused', error: error('truncated') });
    tally.add({ seq: 3, outcome: 'refused', error: error('timeout') });
    expect([tally.photos, tally.outcomes.refused, tally.errors]).toEqual([
      3,
      2,
      { truncated: 1, timeout: 1 },
    ]);
    tally.add({ seq: 4, outcome: 'review', retryOf: 3 });
    expect([tally.photos, tally.outcomes, tally.errors]).toEqual([
      3,
      { cleared: 1, review: 1, refused: 1 },
      { truncated: 1 },
    ]);
    expect([2, 3].map((seq) => tally.isRefused(seq))).toEqual([true, false]);
  });

  it('counts no more what another photo took the place of, whatever became of it', () => {
    const tally = new Tally();
    tally.add({ seq: 1, outcome: 'cleared' });
    tally.add({ seq: 2, outcome: 'refused', error: error('truncated'), replaces: 1 });
    expect([tally.photos, tally.outcomes.cleared, tally.errors]).toEqual([1, 0, { truncated: 1 }]);
    tally.add({ seq: 3, outcome: 'review', replaces: 2 });
    tally.add({ seq: 4, outcome: 'cleared', decisionOf: 3 });
    tally.add({ seq: 5, outcome: 'cleared', replaces: 3 });
    expect([tally.photos, tally.outcomes, tally.errors]).toEqual([
      1,
      { cleared: 1, review: 0, refused: 0 },
      {},
    ]);
    expect(tally.isDecided(3)).toBe(false);
  });

  it('tells which record says what became of a photo last', () => {
    const records = [
      { seq: 1, outcome: 'cleared' },
      { seq: 2, outcome: 'refused', error: error('timeout') },
      { seq: 3, outcome: 'review' },
      { seq: 4, outcome: 'cleared', retryOf: 2 },
      { seq: 5, outcome: 'refused', decisionOf: 3 },
      { seq: 6, outcome: 'cleared', decisionOf: 3 },
      { seq: 7, outcome: 'cleared' },
      { seq: 8, outcome: 'review', replaces: 7 },
      { seq: 9, outcome: 'review' },
      { seq: 10, outcome: 'cleared', decisionOf: 9 },
      { seq: 11, outcome: 'refused', replaces: 9 },
    ] as const;
    const tally = new Tally();
    for (const record of records) tally.add(record);
    expect(records.filter((record) => tally.isLast(record)).map(({ seq }) => seq)).toEqual([1, 4, 6, 8, 11]);
  });

  it('follows a person who decides, and decides again', () => {
    const tally = new Tally();
    tally.add({ seq: 1, outcome: 'review' });
    tally.add({ seq: 2, outcome: 'refused', decisionOf: 1 });
    // What a person rejected is not to be treated again.
    expect([tally.isRefused(1), tally.isDecided(1), tally.isDecided(2)]).toEqual([false, true, false]);
    tally.add({ seq: 3, outcome: 'review', decisionOf: 1 });
    tally.add({ seq: 4, outcome: 'cleared', decisionOf: 1 });
    expect([tally.photos, tally.outcomes]).toEqual([1, { cleared: 1, review: 0, refused: 0 }]);
    tally.add({ seq: 5, outcome: 'review', decisionOf: 1 });
    expect(tally.outcomes).toEqual({ cleared: 0, review: 1, refused: 0 });
  });
});
