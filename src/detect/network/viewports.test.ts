import { describe, expect, it } from 'vitest';
import { isStrip, planViewports } from './viewports.js';

describe('planViewports', () => {
  it.each([
    [300, 200, [[896, 608]]],
    [640, 320, [[1280, 640]]],
    [4000, 3000, [[1280, 960]]],
  ])('sees %i × %i close at %j', (width, height, sizes) => {
    const { close } = planViewports(width, height);
    expect(close.slice(0, sizes.length).map((viewport) => [viewport.width, viewport.height])).toEqual(sizes);
  });

  it('sees the whole photo at two sizes, one twice the other', () => {
    const { far, near } = planViewports(4000, 3000);
    expect([far.width, far.height, near.width, near.height]).toEqual([320, 256, 640, 480]);
    for (const { part } of [far, near]) expect(part).toEqual({ x: 0, y: 0, width: 4000, height: 3000 });
  });

  it('shows a large photo pixel by pixel in tiles of one size', () => {
    const [whole, ...tiles] = planViewports(4032, 3024).close;
    expect([whole!.width, whole!.height]).toEqual([1280, 960]);
    expect(tiles).toHaveLength(12);
    for (const { part, width, height } of tiles) {
      expect([width, height, part.width, part.height]).toEqual([1056, 1056, 1056, 1056]);
    }
    const lefts = [...new Set(tiles.map(({ part }) => part.x))];
    expect(lefts).toEqual([0, 992, 1984, 2976]);
    expect([...new Set(tiles.map(({ part }) => part.y))]).toEqual([0, 984, 1968]);
  });

  it.each([
    [4032, 3024],
    [12_000, 9000],
    [300, 200],
    [1601, 37],
    [5, 9000],
    [1, 1],
  ])('covers %i × %i with inputs of bounded size', (width, height) => {
    const { far, near, close } = planViewports(width, height);
    const seen = new Uint8Array(width);
    for (const viewport of [far, near, ...close]) {
      expect(Math.max(viewport.width, viewport.height)).toBeLessThanOrEqual(1312);
      expect([viewport.width % 32, viewport.height % 32]).toEqual([0, 0]);
      expect(Math.min(viewport.width, viewport.height)).toBeGreaterThan(0);
      expect(viewport.part.x + viewport.part.width).toBeLessThanOrEqual(width);
      expect(viewport.part.y + viewport.part.height).toBeLessThanOrEqual(height);
    }
    for (const { part } of close) seen.fill(1, part.x, part.x + part.width);
    expect(seen.every((value) => value === 1)).toBe(true);
    expect(Math.max(...close.map(({ part }) => part.y + part.height))).toBe(height);
  });
});

describe('isStrip', () => {
  it.each([
    [2000, 100, false],
    [2001, 100, true],
    [5, 9000, true],
    [1, 1, false],
  ])('of %i × %i is %s', (width, height, answer) => {
    expect(isStrip(width, height)).toBe(answer);
  });
});
