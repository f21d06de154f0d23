import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../verify/contract.js';
import { mayLeave } from './overridable.js';

describe('mayLeave', () => {
  const done = (outcome: 'cleared' | 'review' | 'refused', lookingIsEnough = false, ...found: string[]) => ({
    decision: { outcome, reasons: [], lookingIsEnough },
    checks: found.map((check): CheckResult => ({ check, status: 'found', details: '' })),
  });
  const overrideReason = 'because it is so';

  it('lets go what is cleared, and what only asks to look once somebody has', () => {
    expect(mayLeave(done('cleared'), { hasLooked: false })).toBe(true);
    expect(mayLeave(done('review', true), { hasLooked: false })).toBe(false);
    expect(mayLeave(done('review', true), { hasLooked: true })).toBe(true);
    expect(mayLeave(done('review'), { hasLooked: true })).toBe(false);
    expect(mayLeave(done('refused', false, 'uncovered-face'), { hasLooked: true })).toBe(false);
  });

  it('lets a reason override what is seen, never a fault of the file', () => {
    expect(mayLeave(done('review'), { hasLooked: true, overrideReason })).toBe(true);
    expect(mayLeave(done('refused', false, 'uncovered-face'), { hasLooked: true, overrideReason })).toBe(
      true,
    );
    for (const fault of ['container-walk', 'metadata-reread', 'pixels-under-redactions']) {
      expect(mayLeave(done('refused', false, fault), { hasLooked: true, overrideReason })).toBe(false);
    }
  });
});
