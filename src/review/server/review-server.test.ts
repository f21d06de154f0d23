import { describe, expect, it } from 'vitest';
import { DEAD_AFTER, type Shape } from '../api.js';
import { redactionsOf } from './edited-photo.js';
import { PhotoStore } from './photo-store.js';

describe('PhotoStore', () => {
  it('drops photos that no page uses any more, and the oldest when there are too many', () => {
    let now = 0;
    const dropped: string[] = [];
    const store = new PhotoStore(
      (id) => dropped.push(id),
      () => now,
    );
    for (const id of ['a', 'b', 'c', 'd', 'e']) store.add(id);
    expect(dropped).toEqual(['a']);
    expect(() => store.known('a')).toThrow(/not open any more/);
    expect(store.known('b')).toBe('b');
    now = DEAD_AFTER;
    store.dropOfTheDead();
    expect(store.size).toBe(4);
    store.alive();
    now += DEAD_AFTER + 1;
    store.dropOfTheDead();
    expect(store.size).toBe(0);
    expect(dropped).toEqual(['a', 'b', 'c', 'd', 'e']);
    store.close();
  });
});

describe('redactionsOf', () => {
  const shape = (polygon: Shape['polygon'], kinds: Shape['kinds'] = ['face']): Shape => ({
    id: 'x',
    kinds,
    polygon,
  });
  const size = { width: 10, height: 10 };

  it('covers the hull of a shape that is not convex, cut to the photo', () => {
    const [arrow] = redactionsOf(
      [
        shape([
          [0, 0],
          [20, 0],
          [1, 1],
          [0, 20],
        ]),
      ],
      size,
    );
    expect(arrow?.box).toEqual({ x: 0, y: 0, width: 10, height: 10 });
  });

  it('leaves out what lies outside, and takes every kind once', () => {
    expect(
      redactionsOf(
        [
          shape([
            [20, 20],
            [30, 20],
            [30, 30],
          ]),
        ],
        size,
      ),
    ).toEqual([]);
    const [mark] = redactionsOf(
      [
        shape(
          [
            [0, 0],
            [4, 0],
            [4, 4],
          ],
          ['other', 'text'],
        ),
      ],
      size,
    );
    expect(mark?.kinds).toEqual(['text']);
  });
});
