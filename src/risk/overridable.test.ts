import { describe, expect, it } from 'vitest';
import type { Finding } from '../core/finding.js';
import type { CheckResult } from '../verify/contract.js';
import { CHECKS } from '../verify/declarations.js';
import { askOf, mayLeave } from './overridable.js';

const CLEAN = { id: 'container-walk/clean', values: { parts: 3 } };

describe('mayLeave', () => {
  const failed = (check: string): CheckResult => ({
    check,
    status: 'could-not-tell',
    details: { id: 'check/failed', values: { check, stage: 'verify', code: 'internal' } },
  });
  const done = (
    outcome: 'cleared' | 'review' | 'refused',
    lookingIsEnough = false,
    checks: readonly CheckResult[] = [],
    reasons: readonly Finding[] = [],
  ) => ({ decision: { outcome, reasons, lookingIsEnough }, checks });
  const overrideReason = 'because it is so';

  it('lets out what is cleared, and what only asks for a look once somebody has looked', () => {
    expect(mayLeave(done('cleared'), { hasLooked: false })).toBe(true);
    expect(mayLeave(done('review', true), { hasLooked: false })).toBe(false);
    expect(mayLeave(done('review', true), { hasLooked: true })).toBe(true);
    expect(mayLeave(done('review'), { hasLooked: true })).toBe(false);
    expect(mayLeave(done('refused', false, [failed('uncovered-face')]), { hasLooked: true })).toBe(false);
  });

  it('lets a reason override what is seen, but never a fault in the file', () => {
    expect(mayLeave(done('review'), { hasLooked: true, overrideReason })).toBe(true);
    const overridable = [...CHECKS.keys()].filter((id) =>
      mayLeave(done('review', false, [failed(id)]), { hasLooked: true, overrideReason }),
    );
    expect(overridable.sort()).toEqual([
      'face-match',
      'legible-code',
      'legible-text',
      'same-crop-hash',
      'sensor-noise',
      'uncovered-face',
      'uncovered-tattoo',
      'uncovered-text',
    ]);
  });

  const passed = (check: string, details: Finding): CheckResult => ({ check, status: 'not-found', details });
  it.each([
    ['a check', done('cleared', false, [passed('unheard-of', CLEAN)])],
    ['a check of a photo to look at', done('review', true, [passed('unheard-of', CLEAN)])],
    ['a finding', done('cleared', false, [passed('container-walk', { id: 'unheard-of', values: {} })])],
    ['a value', done('cleared', false, [passed('container-walk', { ...CLEAN, values: { parts: 'x' } })])],
    ['a reason', done('review', true, [], [{ id: 'gate/unheard-of', values: {} }])],
    [
      'what the gate did not know',
      done('refused', false, [], [{ id: 'gate/unknown-check', values: { check: 'x' } }]),
    ],
  ])('never lets go %s that nobody has declared', (_what, unknown) => {
    expect(askOf(unknown)).toBe('never');
    expect(mayLeave(unknown, { hasLooked: true, overrideReason })).toBe(false);
  });

  it('goes by the check when an earlier version’s ledger has a sentence', () => {
    const told = { id: 'told', values: { text: 'Faces can be seen (1), at the top' } };
    const of = (check: string) =>
      askOf(done('review', false, [{ check, status: 'found', details: told }], [told]));
    expect([of('uncovered-face'), of('container-walk'), of('unheard-of')]).toEqual([
      'reason',
      'never',
      'never',
    ]);
  });
});
