import type { Turns, View } from './view.js';

const ALL_TURNS: readonly Turns[] = [0, 1, 2, 3];
/** Share of the square that the photo fills: a close-up cut off by the frame is only recognised with room around it. */
const FILLS = [1, 0.5];

/** The whole photo in the four directions, without and with a margin. */
export function faceViews(width: number, height: number): View[] {
  const region = { x: 0, y: 0, width, height };
  return FILLS.flatMap((fill) => ALL_TURNS.map((turns) => ({ region, turns, fill })));
}
