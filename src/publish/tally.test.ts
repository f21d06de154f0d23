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
