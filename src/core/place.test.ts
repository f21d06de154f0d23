import { describe, expect, it } from 'vitest';
import { placeInWords, placesInWords } from './place.js';

const SIZE = { width: 300, height: 150 };

describe('placeInWords', () => {
  it.each([
    [[0, 0], 'at the upper left'],
    [[150, 10], 'at the top'],
    [[299, 49], 'at the upper right'],
    [[10, 75], 'at the left'],
    [[150, 75], 'in the middle'],
    [[200, 75], 'at the right'],
    [[-20, 200], 'at the lower left'],
    [[150, 150], 'at the bottom'],
  ] as const)('puts %j %s', (point, words) => {
    expect(placeInWords(point, SIZE)).toBe(words);
  });
});

describe('placesInWords', () => {
  it('names each place once', () => {
    expect(
      placesInWords(
        [
          [0, 0],
          [5, 5],
          [150, 75],
          [299, 149],
        ],
        SIZE,
      ),
    ).toBe('at the upper left, in the middle and at the lower right');
    expect(placesInWords([[150, 75]], SIZE)).toBe('in the middle');
    expect(placesInWords([], SIZE)).toBe('nowhere');
  });
});
