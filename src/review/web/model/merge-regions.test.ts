import { describe, expect, it } from 'vitest';
import { boxPolygon } from '../../../core/geometry.js';
import type { Shape } from '../../api.js';
import { thingsOf, type FoundThing } from './found-things.js';
import { changeRegion, mergeRegions, putBack, removeRegion } from './merge-regions.js';
import { editOfRegions, type Regions } from './region.js';

const piece = (id: string, x: number, width: number, group?: number): Shape => ({
  id,
  kinds: ['face'],
  polygon: boxPolygon({ x, y: 0, width, height: 100 }).map(([px, py]): [number, number] => [px, py]),
  ...(group !== undefined && { group }),
});
const shape = (id: string, x: number, kind: 'face' | 'text' = 'face'): FoundThing =>
  thingsOf([{ ...piece(id, x, 100), kinds: [kind] }])[0]!;

const EMPTY: Regions = { list: [], removed: [] };

/** Keys k1, k2, … in the order in which they are asked for. */
function keys() {
  let next = 1;
  return () => `k${next++}`;
}

const found = (...things: FoundThing[]): Regions => mergeRegions(EMPTY, things, keys());
const ids = ({ list }: Regions) =>
  list.map(({ key, found: thing }) => `${key}:${thing?.shapes[0]?.id ?? 'own'}`);

describe('mergeRegions', () => {
  it('replaces what nobody has touched, and keeps the key of what is found again', () => {
    const first = found(shape('auto-1', 0), shape('auto-2', 300));
    const again = mergeRegions(first, [shape('auto-1', 600), shape('auto-2', 310)], () => 'new');
    expect(ids(again)).toEqual(['k2:auto-2', 'new:auto-1']);
    expect(again.list[0]!.polygon[0]).toEqual([310, 0]);
  });

  it('leaves a moved shape where the person put it, and does not add again what was found in its first place', () => {
    const moved = changeRegion(found(shape('auto-1', 0)), 'k1', {
      polygon: boxPolygon({ x: 500, y: 0, width: 100, height: 100 }),
    });
    const again = mergeRegions(moved, [shape('auto-7', 10)], () => 'new');
    expect(ids(again)).toEqual(['k1:auto-1']);
    expect(again.list[0]!.polygon[0]).toEqual([500, 0]);
  });

  it('does not bring back what was removed', () => {
    const removed = removeRegion(found(shape('auto-1', 0), shape('auto-2', 300)), 'k1');
    expect(ids(mergeRegions(removed, [shape('auto-1', 5), shape('auto-2', 300)], () => 'new'))).toEqual([
      'k2:auto-2',
    ]);
  });

  it('knows what was removed as the tool sees it now, and puts it back', () => {
    const removed = removeRegion(found(shape('auto-1', 0), shape('auto-2', 300)), 'k1');
    const again = mergeRegions(removed, [shape('auto-7', 5), shape('auto-2', 300)], () => 'new');
    expect(again.removed.map(({ key, found: thing }) => [key, thing?.shapes[0]?.id])).toEqual([
      ['k1', 'auto-7'],
    ]);
    expect(editOfRegions(again).leftOpen).toEqual([shape('auto-7', 5).shapes]);
    const back = putBack(again, 'k1');
    expect([ids(back), back.removed]).toEqual([['k2:auto-2', 'k1:auto-7'], []]);
    expect(ids(mergeRegions(back, [shape('auto-3', 5)], () => 'new'))).toEqual(['k1:auto-3']);
  });

  it('puts back what was moved before it was removed as it was moved', () => {
    const polygon = boxPolygon({ x: 500, y: 0, width: 100, height: 100 });
    const moved = changeRegion(found(shape('auto-1', 0)), 'k1', { polygon });
    const again = mergeRegions(removeRegion(moved, 'k1'), [shape('auto-2', 0)], () => 'new');
    expect([ids(again), putBack(again, 'k1').list[0]?.polygon]).toEqual([[], polygon]);
  });

  it('adds what overlaps a touched shape by half of the union or less', () => {
    const moved = changeRegion(found(shape('auto-1', 0)), 'k1', { kinds: ['face'] });
    // 100 wide, moved by 40: 60 of 140 are shared.
    expect(ids(mergeRegions(moved, [shape('auto-1', 40)], () => 'new'))).toEqual(['k1:auto-1', 'new:auto-1']);
    expect(ids(mergeRegions(moved, [shape('auto-1', 30)], () => 'new'))).toEqual(['k1:auto-1']);
  });

  it('keeps what a person drew, whatever is found there', () => {
    const own: Regions = {
      list: [{ key: 'k9', kinds: ['other'], polygon: shape('x', 0).polygon, isTouched: true }],
      removed: [],
    };
    expect(ids(mergeRegions(own, [shape('auto-1', 0)], () => 'new'))).toEqual(['k9:own', 'new:auto-1']);
    expect(ids(mergeRegions(own, [], () => 'new'))).toEqual(['k9:own']);
  });

  it('changes nothing when the same list comes again', () => {
    const list = [shape('auto-1', 0), shape('auto-2', 300)];
    const first = found(...list);
    expect(mergeRegions(first, list, () => 'new')).toEqual(first);
  });
});

describe('editOfRegions', () => {
  it('sends the tool’s id only for what is as the tool found it', () => {
    const regions = found(shape('auto-1', 0), shape('auto-2', 300, 'text'));
    const moved = changeRegion(regions, 'k2', { polygon: shape('x', 310).polygon });
    expect(editOfRegions(moved).shapes.map(({ id, kinds }) => [id, kinds])).toEqual([
      ['auto-1', ['face']],
      ['own-k2', ['text']],
    ]);
  });

  it('sends a lesion as a box, not as a shape', () => {
    const polygon = boxPolygon({ x: 10, y: 20, width: 30, height: 40 });
    const edit = editOfRegions({
      list: [{ key: '1', kinds: ['keep'], polygon, isTouched: true }],
      removed: [],
    });
    expect(edit).toEqual({ shapes: [], leftOpen: [], keep: [{ x: 10, y: 20, width: 30, height: 40 }] });
  });
  it('sends the pieces of a head as they came, and none of them once the head is removed', () => {
    const pieces = [piece('auto-0', 0, 40, 7), piece('auto-1', 60, 40, 7), piece('auto-2', 300, 100)];
    const regions = mergeRegions(EMPTY, thingsOf(pieces), keys());
    expect(ids(regions)).toEqual(['k1:auto-0', 'k2:auto-2']);
    expect(editOfRegions(regions).shapes).toEqual(pieces);
    expect(editOfRegions(removeRegion(regions, 'k1')).shapes).toEqual([pieces[2]]);
    // Found again as one area, it stays away.
    const again = mergeRegions(removeRegion(regions, 'k1'), [shape('auto-0', 5)], () => 'new');
    expect(ids(again)).toEqual([]);
  });
});
