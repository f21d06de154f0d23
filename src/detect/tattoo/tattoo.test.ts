import { describe, expect, it } from 'vitest';
import { boundingBox, boxPolygon, type Box } from '../../core/geometry.js';
import { polygonArea } from '../../imaging/convex.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';
import { convexCover, type Cell } from './convex-cover.js';
import { decodeTattoos } from './decode-tattoos.js';
import { agreement, joinMaps } from './join-maps.js';

function map(width: number, values: readonly number[]): ProbabilityMap {
  return { width, height: values.length / width, data: Float32Array.from(values) };
}

/** Every cell of a rectangle. */
function cellsOf({ x, y, width, height }: Box): Cell[] {
  return Array.from({ length: width * height }, (_, i): Cell => [x + (i % width), y + Math.floor(i / width)]);
}

describe('agreement', () => {
  it('is high only where both are, and follows the coarser look', () => {
    expect(agreement(0.9, 0.9)).toBeCloseTo(0.9, 12);
    expect(agreement(0, 1)).toBe(0);
    expect(agreement(1, 0)).toBe(0);
    expect(agreement(0.5, 0.9)).toBeGreaterThan(agreement(0.9, 0.5));
  });
});

const geometricMean = (a: number, b: number) => Math.sqrt(a * b);

describe('joinMaps', () => {
  it('joins cell by cell, on the finer grid', () => {
    const joint = joinMaps(map(2, [0.25, 1, 0, 0.04]), map(1, [0.25]), geometricMean);
    expect([joint.width, joint.height]).toEqual([2, 2]);
    [0.25, 0.5, 0, 0.1].forEach((value, i) => expect(joint.data[i]).toBeCloseTo(value, 6));
  });

  it('interpolates between the centres of coarse cells, and never beyond the outermost', () => {
    const joint = joinMaps(map(4, [1, 1, 1, 1]), map(2, [0, 1]), geometricMean);
    [0, 0.25, 0.75, 1].forEach((value, i) => expect(joint.data[i]! ** 2).toBeCloseTo(value, 6));
  });
});

describe('joinMaps of a part', () => {
  it('looks up what the part shows', () => {
    const quarter = { x: 0.5, y: 0, width: 0.5, height: 1 };
    const joint = joinMaps(map(2, [1, 1]), map(4, [0, 0, 0.25, 0.81]), geometricMean, quarter);
    [0.5, 0.9].forEach((value, i) => expect(joint.data[i]).toBeCloseTo(value, 6));
  });
});

describe('convexCover', () => {
  it('covers a rectangle with its corners', () => {
    const box = { x: 3, y: 1, width: 8, height: 5 };
    const [polygon, ...rest] = convexCover(cellsOf(box));
    expect(rest).toEqual([]);
    expect(new Set(polygon!.map(String))).toEqual(new Set(boxPolygon(box).map(String)));
  });

  it('covers a ring with pieces that leave its middle free', () => {
    const middle = { x: 3, y: 3, width: 14, height: 14 };
    const ring = cellsOf({ x: 0, y: 0, width: 20, height: 20 }).filter(
      ([x, y]) =>
        x < middle.x || y < middle.y || x >= middle.x + middle.width || y >= middle.y + middle.height,
    );
    const pieces = convexCover(ring);
    for (const [x, y] of ring) {
      expect(pieces.some((piece) => holds(boundingBox(piece), x + 0.5, y + 0.5))).toBe(true);
    }
    expect(pieces.reduce((sum, piece) => sum + polygonArea(piece), 0)).toBeLessThanOrEqual(1.5 * ring.length);
  });

  it('ends for cells that lie far apart', () => {
    const scattered = Array.from({ length: 40 }, (_, i): Cell => [(i * 37) % 101, (i * 53) % 97]);
    expect(convexCover(scattered).length).toBeLessThanOrEqual(40);
  });
});

function holds(box: Box, x: number, y: number): boolean {
  return x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height;
}

describe('decodeTattoos', () => {
  const thresholds = { reach: 0.4, sure: 0.8, minCells: 2, maxCells: 5 };

  it('follows a sure cell as far as the map reaches, and gives the sure cell’s score', () => {
    const surely = map(5, [0, 0.5, 0.9, 0.45, 0.3]);
    const pieces = decodeTattoos(surely, surely, thresholds);
    expect(pieces).toHaveLength(1);
    expect(boundingBox(pieces[0]!.polygon)).toEqual({ x: 1, y: 0, width: 3, height: 1 });
    expect(pieces[0]!.score).toBeCloseTo(0.9, 6);
  });

  it('leaves out what is nowhere sure, and single cells', () => {
    for (const scores of [
      [0, 0.7, 0.79, 0.7, 0],
      [0, 0, 0.99, 0, 0],
    ]) {
      expect(decodeTattoos(map(5, scores), map(5, scores), thresholds)).toEqual([]);
    }
  });

  it('leaves to another look what is too large', () => {
    const scores = map(5, [0.9, 0.9, 0.9, 0.9, 0.9]);
    expect(decodeTattoos(scores, scores, { ...thresholds, maxCells: 4 })).toEqual([]);
  });

  it('reaches as far as what may be ink, when part of it certainly is', () => {
    const maybe = map(5, [0.5, 0.9, 0.95, 0.9, 0.5]);
    expect(decodeTattoos(maybe, map(5, [0, 0, 0.7, 0, 0]), thresholds)).toEqual([]);
    const [piece] = decodeTattoos(maybe, map(5, [0, 0, 0.9, 0, 0]), thresholds);
    expect(boundingBox(piece!.polygon)).toEqual({ x: 0, y: 0, width: 5, height: 1 });
  });
});
