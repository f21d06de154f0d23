import { describe, expect, it } from 'vitest';
import { decodeLandmarks } from './face-landmarks.js';

/** A grid of 2 × 2 cells of 8 pixels, one anchor each; the middles at 4 and 12. */
function grid(logits: number[], codes: Record<number, number[]>) {
  const all = new Float32Array(4 * 16);
  for (const [anchor, values] of Object.entries(codes)) all.set(values, Number(anchor) * 16);
  return { stride: 8, perCell: 1, logits: Float32Array.from(logits), codes: all };
}

/** Middle and size, both eyes, nose, mouth, ears; relative to the anchor. */
const face = (dx: number, dy: number) =>
  [dx, dy, 8, 8, dx - 2, dy - 1, dx + 2, dy - 1, dx, dy, dx, dy + 2, 0, 0, 0, 0] as number[];

describe('decodeLandmarks', () => {
  it('finds the parts of the surest face, from all anchors that mean it', () => {
    const seen = decodeLandmarks([grid([0, 0, -9, -9], { 0: face(4, 4), 1: face(-4, 5) })], 16, 0.4);
    // The first anchor puts the middle at (8, 8), the second at (8, 9); both are equally sure.
    expect(seen).toEqual({ leftEye: [6, 7.5], rightEye: [10, 7.5], mouth: [8, 10.5], score: 0.5 });
  });

  it('sees no face where no anchor is sure, or only beside the middle', () => {
    expect(decodeLandmarks([grid([-1, -1, -1, -1], { 0: face(4, 4) })], 16, 0.4)).toBeUndefined();
    expect(decodeLandmarks([grid([5, -9, -9, -9], { 0: face(-1, 0) })], 16, 0.4)).toBeUndefined();
  });
});
