import { describe, expect, it } from 'vitest';
import { boxPolygon, type Box } from '../../../core/geometry.js';
import { coversStill } from './covers-still.js';
import type { Region, RegionKind } from './region.js';

const region = (box: Partial<Box>, kind: RegionKind = 'text'): Region => ({
  key: JSON.stringify(box),
  kinds: [kind],
  polygon: boxPolygon({ x: 0, y: 0, width: 10, height: 10, ...box }),
  isTouched: true,
});

describe('coversStill', () => {
  const two = [region({}), region({ x: 50 })];

  it('is so while regions are the same, larger or more', () => {
    expect(coversStill(two, two)).toBe(true);
    expect(coversStill(two, [...two, region({ x: 90 })])).toBe(true);
    expect(coversStill(two, [region({ x: -5, y: -5, width: 80, height: 20 })])).toBe(true);
    expect(coversStill([], [])).toBe(true);
  });

  it('is not so once one is gone, smaller, elsewhere, or kept visible', () => {
    expect(coversStill(two, two.slice(1))).toBe(false);
    expect(coversStill(two, [region({ width: 8 }), region({ x: 50 })])).toBe(false);
    expect(coversStill(two, [region({ x: 3 }), region({ x: 50 })])).toBe(false);
    expect(coversStill(two, [region({ width: 100 }, 'keep')])).toBe(false);
  });

  it('asks nothing of what stays visible', () => {
    expect(coversStill([region({}, 'keep')], [])).toBe(true);
  });
});
