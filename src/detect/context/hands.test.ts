import { describe, expect, it } from 'vitest';
import { askForHands } from '../../../tests/support/converted-graphs.js';
import { peoplePhoto } from '../../../tests/support/people-photo.js';
import { openTensorFlow } from '../../../tests/support/tensorflow.js';
import { resized } from '../../imaging/resized.js';
import { handsOf, loadHandModel } from './hands.js';
import type { SeenByAnchor } from './ssd-anchors.js';

describe('handsOf', () => {
  const seen = (kind: number, score: number, left = 0): SeenByAnchor => {
    return { kind, score, upper: 0.25, left, lower: 0.75, right: left + 0.5 };
  };
  const photo = { width: 100, height: 200 };

  it('names the pose, leaves out faces and fingertips, and gives boxes in pixels', () => {
    expect(
      handsOf(
        [4, 5, 6, 1].map((kind) => seen(kind, 0.75, 0.5)),
        photo,
      ),
    ).toEqual([{ pose: 'fist', score: 0.75, box: { x: 50, y: 50, width: 50, height: 100 } }]);
  });

  it('gives each hand once, the surest first, whatever its pose', () => {
    const hands = handsOf([seen(0, 0.6), seen(3, 0.9, 0.125), seen(2, 0.7, 0.5)], photo);
    expect(hands.map(({ pose, score }) => [pose, score])).toEqual([
      ['point', 0.9],
      ['pinch', 0.7],
    ]);
  });
});

describe('loadHandModel', () => {
  it.each([
    [320, 240],
    [200, 320],
    [320, 320],
  ])('sees in %i × %i pixels what the whole graph does on TensorFlow.js', async (width, height) => {
    const photo = await resized(await peoplePhoto(), width, height);
    const [scores, boxes] = await askForHands(await openTensorFlow(), photo);
    const seen = await (await loadHandModel()).look(photo, 0);
    expect(seen).toHaveLength(12_804);
    expect(scores).toHaveLength(12_804 * 7);
    let [offScore, offBox] = [0, 0];
    seen.forEach(({ score, upper, left, lower, right }, anchor) => {
      const expected = Math.max(...scores.subarray(anchor * 7, anchor * 7 + 7));
      offScore = Math.max(offScore, Math.abs(score - expected));
      [upper, left, lower, right].forEach((side, i) => {
        offBox = Math.max(offBox, Math.abs(side - boxes[anchor * 4 + i]!));
      });
    });
    expect(offScore).toBeLessThan(2e-5);
    expect(offBox).toBeLessThan(2e-5);
  });
});
