import { describe, expect, it } from 'vitest';
import { boxPolygon, type Polygon } from '../core/geometry.js';
import { shareInside } from './share-inside.js';

const PICTURE = { width: 100, height: 100 };
const box = (x: number, y: number, width: number, height: number): Polygon =>
  boxPolygon({ x, y, width, height });

describe('shareInside', () => {
  it('is the share of the polygon, however many others hold a point', () => {
    expect(shareInside(box(10, 10, 32, 32), [], PICTURE)).toBe(0);
    expect(shareInside(box(10, 10, 32, 32), [box(0, 0, 26, 100)], PICTURE)).toBe(0.5);
    expect(shareInside(box(10, 10, 32, 32), [box(0, 0, 26, 100), box(0, 0, 26, 26)], PICTURE)).toBe(0.5);
    expect(shareInside(box(10, 10, 32, 32), [box(0, 0, 26, 100), box(26, 0, 50, 100)], PICTURE)).toBe(1);
  });

  it('leaves out what lies beyond the picture', () => {
    expect(shareInside(box(-32, 10, 64, 32), [box(0, 0, 16, 100)], PICTURE)).toBe(0.5);
    expect(shareInside(box(-50, 10, 40, 32), [], PICTURE)).toBe(1);
  });
});
