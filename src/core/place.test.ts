import { expect, it } from 'vitest';
import { placesOf } from './place.js';

const SIZE = { width: 300, height: 150 };

it.each([
  [[0, 0], 'top-left'],
  [[150, 10], 'top-centre'],
  [[299, 49], 'top-right'],
  [[10, 75], 'middle-left'],
  [[150, 75], 'middle-centre'],
  [[200, 75], 'middle-right'],
  [[-20, 200], 'bottom-left'],
  [[150, 150], 'bottom-centre'],
] as const)('puts %j at %s', (point, place) => {
  expect(placesOf([point], SIZE)).toEqual([place]);
});

it('names each place once', () => {
  const points = [
    [0, 0],
    [5, 5],
    [150, 75],
    [299, 149],
  ] as const;
  expect(placesOf(points, SIZE)).toEqual(['top-left', 'middle-centre', 'bottom-right']);
  expect(placesOf([], SIZE)).toEqual([]);
});
