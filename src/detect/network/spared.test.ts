import { describe, expect, it } from 'vitest';
import { canBeSpared } from './spared.js';
import { planViews } from './views.js';

/** The whole photo of 4000 × 3000 at 1280 × 960: 0.32 of its size. */
const view = { region: { x: 0, y: 0, width: 4000, height: 3000 }, width: 1280, height: 960 };
const tile = { region: { x: 1000, y: 1000, width: 960, height: 960 }, width: 960, height: 960 };
const face = (x: number, y: number, score: number) => ({ box: { x, y, width: 10, height: 10 }, score });

describe('canBeSpared', () => {
  it('is a tile where nothing like a face was seen', () => {
    expect(canBeSpared(tile, { view, faces: [] })).toBe(true);
    expect(canBeSpared(tile, { view, faces: [face(400, 400, 0.099), face(640, 400, 1)] })).toBe(true);
  });

  // The tile shows 320 to 627.2 of the smaller look, both ways.
  it.each([
    [400, 400],
    [310.1, 400],
    [627.1, 627.1],
    [400, 310.1],
  ])('is no tile that a face at %f, %f touches', (x, y) => {
    expect(canBeSpared(tile, { view, faces: [face(x, y, 0.1)] })).toBe(false);
  });

  it('is a tile that shows part of a large face', () => {
    const box = (side: number) => ({ box: { x: 400, y: 400, width: 90, height: side }, score: 1 });
    expect(canBeSpared(tile, { view, faces: [box(129)] })).toBe(true);
    expect(canBeSpared(tile, { view, faces: [box(128)] })).toBe(false);
  });

  it('is nothing that the smaller look shows much smaller, or as large', () => {
    const large = { ...view, region: { x: 0, y: 0, width: 4300, height: 3225 } };
    expect(canBeSpared(tile, { view: large, faces: [] })).toBe(false);
    expect(canBeSpared(view, { view, faces: [] })).toBe(false);
  });

  it.each([
    [600, 400],
    [1500, 1000],
    [1664, 1200],
    [4800, 3600],
  ])('is nothing of a photo of %i × %i', (width, height) => {
    const [first, ...others] = planViews(width, height).close;
    expect(others.some((other) => canBeSpared(other, { view: first!, faces: [] }))).toBe(false);
  });
});
