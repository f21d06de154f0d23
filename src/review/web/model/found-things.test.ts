import { expect, it } from 'vitest';
import { boxPolygon } from '../../../core/geometry.js';
import type { Shape } from '../../api.js';
import { thingsOf } from './found-things.js';
import { isFixed, piecesOf, type Region } from './region.js';
import { regionAt } from './region-geometry.js';

const shape = (id: string, x: number, kinds: Shape['kinds'], group?: number): Shape => ({
  id,
  kinds,
  polygon: boxPolygon({ x, y: 0, width: 10, height: 10 }).map(([px, py]): [number, number] => [px, py]),
  ...(group !== undefined && { group }),
});

const SHAPES = [
  shape('auto-0', 0, ['face'], 3),
  shape('auto-1', 100, ['text']),
  shape('auto-2', 40, ['face', 'tattoo'], 3),
  shape('auto-3', 200, ['face'], 4),
];

it('makes one thing of the pieces of a group, and one of every other shape', () => {
  const things = thingsOf(SHAPES);
  expect(things.map(({ shapes }) => shapes.map(({ id }) => id))).toEqual([
    ['auto-0', 'auto-2'],
    ['auto-1'],
    ['auto-3'],
  ]);
  expect(things[0]).toMatchObject({ kinds: ['face', 'tattoo'] });
  const xs = things[0]!.polygon.map(([x]) => x);
  expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 50]);
  expect(things[1]!.polygon).toBe(SHAPES[1]!.polygon);
});

it('is under a point only where a piece is, and stays where it is', () => {
  const [head, text] = thingsOf(SHAPES).map((found, i): Region => {
    const { kinds, polygon } = found;
    return { key: `k${i}`, kinds, polygon, found, isTouched: false };
  });
  const at = (x: number) => regionAt([head!, text!], [x, 5], 2)?.key;
  expect([at(5), at(45), at(25), at(51), at(105)]).toEqual(['k0', 'k0', undefined, 'k0', 'k1']);
  expect([isFixed(head!), isFixed(text!)]).toEqual([true, false]);
  expect(piecesOf({ ...head!, isTouched: true })).toEqual([head!.polygon]);
});
