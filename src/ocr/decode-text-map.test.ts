import { describe, expect, it } from 'vitest';
import { boundingBox, type Point } from '../core/geometry.js';
import { isInside } from '../imaging/convex.js';
import type { ProbabilityMap } from '../imaging/probability-map.js';
import { decodeTextMap } from './decode-text-map.js';

const SETTINGS = { pixelThreshold: 0.3, boxThreshold: 0.4, unclipRatio: 1.8, minSide: 3 };

function mapWith(width: number, height: number, value: (x: number, y: number) => number): ProbabilityMap {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

describe('decodeTextMap', () => {
  it('moves every side of a rectangle out by area × ratio ÷ perimeter', () => {
    const map = mapWith(200, 100, (x, y) => (x >= 60 && x < 120 && y >= 40 && y < 50 ? 0.9 : 0));
    const regions = decodeTextMap(map, SETTINGS);
    expect(regions).toHaveLength(1);
    expect(regions[0]!.score).toBeCloseTo(0.9, 5);
    const out = (60 * 10 * 1.8) / (2 * 70);
    const box = boundingBox(regions[0]!.polygon);
    expect(box.x).toBeCloseTo(60 - out, 5);
    expect(box.y).toBeCloseTo(40 - out, 5);
    expect(box.width).toBeCloseTo(60 + 2 * out, 5);
    expect(box.height).toBeCloseTo(10 + 2 * out, 5);
  });

  it('follows a line of text at an angle', () => {
    const map = mapWith(200, 200, (x, y) => (Math.abs(x - y) < 6 && x + y > 120 && x + y < 280 ? 1 : 0));
    const [region] = decodeTextMap(map, SETTINGS);
    const [a, b] = region!.polygon as [Point, Point];
    const angle = Math.abs(Math.atan2(b[1] - a[1], b[0] - a[0])) % (Math.PI / 2);
    expect(angle).toBeCloseTo(Math.PI / 4, 1);
  });

  it('covers a line that bends, and not what it bends around', () => {
    const [outer, inner] = [80, 70];
    const map = mapWith(200, 120, (x, y) => {
      const radius = Math.hypot(x - 100, y - 100);
      return y < 100 && radius < outer && radius > inner ? 0.9 : 0;
    });
    const regions = decodeTextMap(map, SETTINGS);
    const isCovered = (point: Point) => regions.some(({ polygon }) => isInside(polygon, point));
    for (let degrees = 2; degrees < 180; degrees += 4) {
      const angle = (degrees * Math.PI) / 180;
      const at = (radius: number): Point => [100 - radius * Math.cos(angle), 100 - radius * Math.sin(angle)];
      expect([isCovered(at(67)), isCovered(at(75)), isCovered(at(83))]).toEqual([true, true, true]);
    }
    expect([isCovered([100, 60]), isCovered([100, 90])]).toEqual([false, false]);
  });

  it('leaves out specks and faint regions', () => {
    const speck = mapWith(50, 50, (x, y) => (x === 10 && y === 10 ? 1 : 0));
    const faint = mapWith(50, 50, (x, y) => (x > 10 && x < 30 && y > 10 && y < 20 ? 0.35 : 0));
    expect(decodeTextMap(speck, SETTINGS)).toEqual([]);
    expect(decodeTextMap(faint, SETTINGS)).toEqual([]);
  });
});
