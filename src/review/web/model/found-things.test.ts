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

it('makes one thing of lines of text that overlap, whatever their order, and of nothing else', () => {
  const line = (id: string, x: number) => shape(id, x, ['text']);
  const ids = (shapes: readonly Shape[]) => thingsOf(shapes).map((thing) => thing.shapes.map(({ id }) => id));
  expect(ids([line('a', 0), line('b', 8), line('c', 30)])).toEqual([['a', 'b'], ['c']]);
  // The last one joins the first two.
  expect(ids([line('a', 0), line('c', 16), line('x', 50), line('b', 8)])).toEqual([['a', 'c', 'b'], ['x']]);
  expect(ids([line('a', 0), shape('f', 5, ['face']), shape('ft', 5, ['face', 'text'])])).toEqual([
    ['a'],
    ['f'],
    ['ft'],
  ]);
});

it('lets joined lines be moved, which covers what lies around them', () => {
  const [label] = thingsOf([shape('a', 0, ['text']), shape('b', 8, ['text'])]);
  const region: Region = {
    key: 'k',
    kinds: ['text'],
    polygon: label!.polygon,
    found: label!,
    isTouched: false,
  };
  expect([isFixed(region), piecesOf(region).length]).toEqual([false, 2]);
  const xs = label!.polygon.map(([x]) => x);
  expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 18]);
});
