import { describe, expect, it } from 'vitest';
import type { Decision } from './gate.js';
import { isLaxer, withinRun } from './run-bounds.js';

const CLEARED: Decision = { outcome: 'cleared', reasons: [], lookingIsEnough: false };
const LOOK: Decision = {
  outcome: 'review',
  reasons: [{ id: 'gate/covered', values: { share: 0.7 } }],
  lookingIsEnough: true,
};

describe('withinRun', () => {
  it('changes nothing for the audience of the run, or a stricter one', () => {
    for (const decision of [CLEARED, LOOK]) {
      expect(withinRun(decision, 'professional', { destination: 'professional' })).toBe(decision);
      expect(withinRun(decision, 'public', { destination: 'clinical', maxRisk: 0.1 })).toBe(decision);
    }
  });

  it('takes a look for not enough where the audience is a laxer one, and keeps what was said before', () => {
    const mark = (most: number) => ({
      id: 'gate/laxer-than-run',
      values: { destination: 'clinical', run: 'public', most },
    });
    expect(withinRun(CLEARED, 'clinical', { destination: 'public' })).toEqual({
      outcome: 'review',
      reasons: [mark(0.09)],
      lookingIsEnough: false,
    });
    expect(withinRun(LOOK, 'clinical', { destination: 'public', maxRisk: 0.04 })).toEqual({
      outcome: 'review',
      reasons: [...LOOK.reasons, mark(0.04)],
      lookingIsEnough: false,
    });
  });

  it('leaves a refused photo refused', () => {
    const refused = { ...LOOK, outcome: 'refused' } as const;
    expect(withinRun(refused, 'clinical', { destination: 'public' }).outcome).toBe('refused');
  });
});

it('isLaxer orders destinations by the risk that they accept', () => {
  const laxer = (destination: 'public' | 'professional' | 'clinical') =>
    (['public', 'professional', 'clinical'] as const).map((run) =>
      isLaxer(destination, { destination: run }),
    );
  expect(laxer('public')).toEqual([false, false, false]);
  expect(laxer('professional')).toEqual([true, false, false]);
  expect(laxer('clinical')).toEqual([true, true, false]);
});
