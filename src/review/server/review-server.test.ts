import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../verify/contract.js';
import { DEAD_AFTER, type Shape } from '../api.js';
import { redactionsOf } from './edited-photo.js';
import { mayLeave } from './overridable.js';
import { PhotoStore } from './photo-store.js';

describe('PhotoStore', () => {
  it('drops photos that no page cares for, and the oldest when there are too many', () => {
    let now = 0;
    const dropped: string[] = [];
    const store = new PhotoStore(
      (id) => dropped.push(id),
      () => now,
    );
    for (const id of ['a', 'b', 'c', 'd', 'e']) store.add(id);
    expect(dropped).toEqual(['a']);
    expect(() => store.known('a')).toThrow(/not open any more/);
    expect(store.known('b')).toBe('b');
    now = DEAD_AFTER;
    store.dropOfTheDead();
    expect(store.size).toBe(4);
    store.alive();
    now += DEAD_AFTER + 1;
    store.dropOfTheDead();
    expect(store.size).toBe(0);
    expect(dropped).toEqual(['a', 'b', 'c', 'd', 'e']);
    store.close();
  });
});

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

describe('redactionsOf', () => {
  const shape = (polygon: Shape['polygon'], kinds: Shape['kinds'] = ['face']): Shape => ({
    id: 'x',
    kinds,
    polygon,
  });
  const size = { width: 10, height: 10 };

  it('covers the hull of a shape that is not convex, cut to the photo', () => {
    const [arrow] = redactionsOf(
      [
        shape([
          [0, 0],
          [20, 0],
          [1, 1],
          [0, 20],
        ]),
      ],
      size,
    );
    expect(arrow?.box).toEqual({ x: 0, y: 0, width: 10, height: 10 });
  });

  it('leaves out what lies outside, and takes every kind once', () => {
    expect(
      redactionsOf(
        [
          shape([
            [20, 20],
            [30, 20],
            [30, 30],
          ]),
        ],
        size,
      ),
    ).toEqual([]);
    const [mark] = redactionsOf(
      [
        shape(
          [
            [0, 0],
            [4, 0],
            [4, 4],
          ],
          ['other', 'text'],
        ),
      ],
      size,
    );
    expect(mark?.kinds).toEqual(['text']);
  });
});
