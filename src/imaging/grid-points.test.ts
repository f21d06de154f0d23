import { expect, it } from 'vitest';
import { gridPoints } from './grid-points.js';

it('spreads points over a box, row by row, half a part from its sides', () => {
  expect(gridPoints({ x: 10, y: 20, width: 8, height: 4 }, 2)).toEqual([
    [12, 21],
    [16, 21],
    [12, 23],
    [16, 23],
  ]);
});
