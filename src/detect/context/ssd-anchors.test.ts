import { describe, expect, it } from 'vitest';
import { seenByAnchors } from './ssd-anchors.js';

/** Logits of scores that float32 holds exactly enough. */
const logit = (score: number) => Math.log(score / (1 - score));

describe('seenByAnchors', () => {
  const anchors = {
    middleY: Float32Array.of(0.5, 0.25, 0.5),
    middleX: Float32Array.of(0.5, 0.75, 0.5),
    heights: Float32Array.of(0.5, 0.25, 1),
    widths: Float32Array.of(0.25, 0.5, 1),
  };

  it('gives the surest kind of every sure anchor, and its box', () => {
    // Two grids, two kinds: what shows nothing at all, the first kind and the second.
    const maps = [
      { kinds: Float32Array.of(9, logit(0.75), logit(0.5), 9, -1, -2), boxes: new Float32Array(8) },
      {
        kinds: Float32Array.of(0, -3, logit(0.9)),
        boxes: Float32Array.of(2, -1, 5 * Math.log(0.5), 5 * Math.log(0.25)),
      },
    ];
    const [first, second, ...more] = seenByAnchors(maps, anchors, 2, 0.5);
    expect(more).toEqual([]);
    expect(first).toEqual({ kind: 0, score: 0.75, upper: 0.25, left: 0.375, lower: 0.75, right: 0.625 });
    expect([second?.kind, second?.score]).toEqual([1, Math.fround(0.9)]);
    expect(second?.upper).toBeCloseTo(0.7 - 0.25, 6);
    expect(second?.lower).toBeCloseTo(0.7 + 0.25, 6);
    expect(second?.left).toBeCloseTo(0.4 - 0.125, 6);
    expect(second?.right).toBeCloseTo(0.4 + 0.125, 6);
  });

  it('keeps an anchor at the threshold, and all of them from 0 on', () => {
    const map = { kinds: Float32Array.of(0, 0, -1, 0, -1e-6, -1), boxes: new Float32Array(8) };
    expect(seenByAnchors([map], anchors, 2, 0.5)).toHaveLength(1);
    expect(seenByAnchors([map], anchors, 2, 0)).toHaveLength(2);
  });

  it('leaves out an anchor whose numbers are none', () => {
    const map = { kinds: Float32Array.of(0, NaN, NaN), boxes: new Float32Array(4) };
    expect(seenByAnchors([map], anchors, 2, 0.5)).toEqual([]);
  });
});
