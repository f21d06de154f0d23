import { describe, expect, it } from 'vitest';
import type { Detection } from '../../core/detection.js';
import { boxPolygon, type Box } from '../../core/geometry.js';
import { adviceAmong, portraitOf } from './face-ways.js';

const PHOTO = { width: 300, height: 200 };
const seen = (box: Box, more: Partial<Detection> = {}): Detection => ({
  kind: 'face',
  box,
  polygon: boxPolygon(box),
  score: 1,
  detector: 'face',
  ...more,
});

describe('portraitOf', () => {
  it('is a face that takes more than a third of the photo', () => {
    const box = { x: 50, y: 0, width: 101, height: 200 };
    expect(portraitOf([seen({ x: 0, y: 0, width: 20, height: 20 }), seen(box)], PHOTO)?.box).toEqual(box);
    expect(portraitOf([seen({ ...box, width: 100 })], PHOTO)).toBeUndefined();
  });

  it('counts only what of a face is in the photo', () => {
    const box = { x: -100, y: -10, width: 210, height: 260 };
    expect(portraitOf([seen(box)], PHOTO)?.box).toEqual({ x: 0, y: 0, width: 110, height: 200 });
    expect(portraitOf([seen({ ...box, x: -150 })], PHOTO)).toBeUndefined();
    expect(portraitOf([seen({ ...box, x: 400 })], PHOTO)).toBeUndefined();
  });

  it('is nothing but a face', () => {
    const box = { x: 0, y: 0, width: 300, height: 200 };
    expect(portraitOf([seen(box, { feature: 'ear' }), seen(box, { kind: 'tattoo' })], PHOTO)).toBeUndefined();
  });
});

describe('adviceAmong', () => {
  const skin = { way: 'skin', after: 0.2, isEnough: false } as const;
  const patch = { way: 'patch', after: 0.03, isEnough: true } as const;
  const covered = { way: 'covered', after: 0.02, isEnough: true } as const;
  const why = { id: 'plan/covered-whole', values: { missing: [] } } as const;

  it('takes what shows most of what is enough', () => {
    expect(adviceAmong([skin, patch, covered])).toBe(patch);
    const low = { ...skin, isEnough: true };
    expect(adviceAmong([low, patch, covered])).toBe(low);
  });

  it('passes over what is not possible', () => {
    expect(adviceAmong([{ ...skin, isEnough: true, why }, { ...patch, why }, covered])).toBe(covered);
  });

  it('takes the least risk where nothing is enough', () => {
    const [a, b, c] = [skin, { ...patch, isEnough: false }, { ...covered, isEnough: false, after: 0.04 }];
    expect(adviceAmong([a, b, c])).toBe(b);
  });
});
