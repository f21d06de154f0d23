import { describe, expect, it } from 'vitest';
import { joinLooks } from './face-finder.js';

const face = (x: number, score: number) => ({ box: { x, y: 0, width: 20, height: 20 }, score });

describe('joinLooks', () => {
  it('takes two looks at a face for independent witnesses, and the surest one’s box', () => {
    expect(joinLooks([face(10, 0.5)], [face(12, 0.75)])).toEqual([face(12, 0.875)]);
  });

  it('counts a look once, however many boxes it has of a face', () => {
    expect(joinLooks([face(10, 0.5), face(11, 0.5)], [])).toEqual([face(10, 0.5)]);
  });

  it('keeps faces apart that lie side by side, surest first', () => {
    expect(joinLooks([face(10, 0.25)], [face(40, 0.5)])).toEqual([face(40, 0.5), face(10, 0.25)]);
  });
});
