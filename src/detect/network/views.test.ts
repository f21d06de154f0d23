import { describe, expect, it } from 'vitest';
import { isStrip, planViews } from './views.js';

describe('planViews', () => {
  it.each([
    [300, 200, [[896, 608]]],
    [640, 320, [[1280, 640]]],
    [4000, 3000, [[1280, 960]]],
  ])('sees %i × %i close at %j', (width, height, sizes) => {
    const { close } = planViews(width, height);
    expect(close.slice(0, sizes.length).map((view) => [view.width, view.height])).toEqual(sizes);
  });

  it('sees the whole photo at two sizes, one twice the other', () => {
    const { far, near } = planViews(4000, 3000);
    expect([far.width, far.height, near.width, near.height]).toEqual([320, 256, 640, 480]);
    for (const { region } of [far, near]) expect(region).toEqual({ x: 0, y: 0, width: 4000, height: 3000 });
  });

  it('shows a large photo pixel by pixel in tiles of one size', () => {
    const [whole, ...tiles] = planViews(4032, 3024).close;
    expect([whole!.width, whole!.height]).toEqual([1280, 960]);
    expect(tiles).toHaveLength(20);
    for (const { region, width, height } of tiles) {
      expect([width, height, region.width, region.height]).toEqual([928, 864, 928, 864]);
    }
    const lefts = [...new Set(tiles.map(({ region }) => region.x))];
    expect(lefts).toEqual([0, 776, 1552, 2328, 3104]);
    expect([...new Set(tiles.map(({ region }) => region.y))]).toEqual([0, 720, 1440, 2160]);
  });

  it.each([
    [4032, 3024],
    [12_000, 9000],
    [300, 200],
    [1601, 37],
    [5, 9000],
    [1, 1],
  ])('covers %i × %i with inputs of bounded size', (width, height) => {
    const { far, near, close } = planViews(width, height);
    const seen = new Uint8Array(width);
    for (const view of [far, near, ...close]) {
      expect(Math.max(view.width, view.height)).toBeLessThanOrEqual(1312);
      expect([view.width % 32, view.height % 32]).toEqual([0, 0]);
      expect(Math.min(view.width, view.height)).toBeGreaterThan(0);
      expect(view.region.x + view.region.width).toBeLessThanOrEqual(width);
      expect(view.region.y + view.region.height).toBeLessThanOrEqual(height);
    }
    for (const { region } of close) seen.fill(1, region.x, region.x + region.width);
    expect(seen.every((value) => value === 1)).toBe(true);
    expect(Math.max(...close.map(({ region }) => region.y + region.height))).toBe(height);
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
