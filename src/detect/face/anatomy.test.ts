import { describe, expect, it } from 'vitest';
import type { FaceFeature } from '../../core/detection.js';
import type { Box, Point } from '../../core/geometry.js';
import { anatomyOf } from './anatomy.js';
import type { FacePart } from './decode-parts.js';

const FRAME = { width: 400, height: 400 };
const FACE: Box = { x: 100, y: 100, width: 200, height: 200 };

function part(part: FaceFeature, [x, y]: Point, score = 0.9): FacePart {
  return { part, box: { x: x - 10, y: y - 10, width: 20, height: 20 }, score };
}

/** Visible inside a circle. */
const circle =
  ([cx, cy]: Point, r: number) =>
  ([x, y]: Point) =>
    Math.hypot(x - cx, y - cy) < r ? 1 : 0;

const LEFT = part('eye', [160, 170]);
const RIGHT = part('eye', [240, 170]);
const NOSE = part('nose', [200, 210]);
const MOUTH = part('mouth', [200, 250]);
const see = (parts: readonly FacePart[], visible = circle([200, 200], 100), face = FACE) =>
  anatomyOf(face, { parts, shown: 1, visible }, FRAME);

describe('the skin of a face', () => {
  it('reaches as far as the face is visible, less its outline', () => {
    const { skin } = see([]);
    expect(skin!.corners).toHaveLength(24);
    // 100 pixels, less a twentieth of the face's side; a step is two pixels.
    for (const [x, y] of skin!.corners) {
      expect(Math.hypot(x - skin!.centre[0], y - skin!.centre[1])).toBeGreaterThan(86);
      expect(Math.hypot(x - skin!.centre[0], y - skin!.centre[1])).toBeLessThanOrEqual(92.1);
    }
  });

  it('ends where hair hides it, also between two rays', () => {
    const strand = ([x, y]: Point) =>
      x > 200 && Math.abs(y - 206) < 3 ? 0 : circle([200, 200], 100)([x, y]);
    const { skin } = see([], strand);
    const [right, next] = skin!.corners;
    for (const [x] of [right!, next!]) expect(x).toBeLessThan(240);
  });

  it('goes on to the edge of the photo', () => {
    const { skin } = see([], () => 1, { x: 0, y: 0, width: 400, height: 400 });
    expect(skin!.corners[0]![0]).toBeGreaterThanOrEqual(400);
    expect(skin!.corners[6]![1]).toBeGreaterThanOrEqual(400);
  });

  it('is not known where nothing is visible, or where its middle is hidden', () => {
    expect(see([], () => 0).skin).toBeUndefined();
    const ring = ([x, y]: Point) => (Math.hypot(x - 200, y - 200) < 30 ? 0 : circle([200, 200], 100)([x, y]));
    expect(see([], ring).skin).toBeUndefined();
  });
});

describe('the features of a face', () => {
  const named = (parts: readonly FacePart[]) =>
    see(parts).features.map(({ feature, isSure }) => [feature, isSure]);

  it('are those in its head, each once, and no more than a head has unless they are seen', () => {
    expect(named([LEFT, { ...LEFT, score: 0.5 }, part('nose', [390, 390])])).toEqual([['eye', true]]);
    const doubtful = part('eye', [200, 130], 0.2);
    expect(named([LEFT, doubtful])).toEqual([['eye', true], ['eye', false]]); // prettier-ignore
    expect(named([LEFT, RIGHT, doubtful])).toEqual([['eye', true], ['eye', true]]); // prettier-ignore
    expect(named([LEFT, RIGHT, { ...doubtful, score: 0.3 }])).toHaveLength(3);
    expect(named([part('mouth', [200, 250], 0.1)])).toEqual([]);
  });

  it.each<[string, readonly FacePart[], readonly FaceFeature[]]>([
    ['nothing of a whole face', [LEFT, RIGHT, NOSE, MOUTH], []],
    ['what a whole face should have', [LEFT, RIGHT, NOSE], ['mouth']],
    ['what is only suspected', [LEFT, RIGHT, NOSE, { ...MOUTH, score: 0.2 }], ['mouth']],
    ['the other eye, where its side of the face is seen', [LEFT, NOSE, MOUTH], ['eye']],
  ])('lack %s', (_what, parts, missing) => {
    expect(see(parts).missing).toEqual(missing);
  });

  it('lack no second eye in a profile', () => {
    const profile = ([x, y]: Point) => (x < 210 ? circle([200, 200], 100)([x, y]) : 0);
    expect(see([LEFT, NOSE, MOUTH], profile).missing).toEqual([]);
  });

  it('may lie beyond the edge of the photo, if two are seen', () => {
    const cut: Box = { x: 100, y: 0, width: 200, height: 300 };
    expect(see([NOSE, MOUTH], undefined, cut).missing).toEqual([]);
    expect(see([MOUTH], undefined, cut).missing).toEqual(['eye', 'nose']);
  });
});
