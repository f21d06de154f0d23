import type { Box } from '../../../core/geometry.js';
import { boxBetween, type Size } from './region-geometry.js';

/** What the page asks about a photo of a face: whether the lesion is on it, where, and how much may be seen. */
export type GuideStep = 'over' | 'ask' | 'mark' | 'place' | 'choose';

/** How far the questions have come. */
export interface GuideState {
  readonly hasPortrait: boolean;
  /** Whether a lesion is marked. */
  readonly hasKeep: boolean;
  readonly answer: 'none' | 'yes' | 'over';
  /** Whether the mark still moves by keys: it is there, but not yet where it belongs. */
  readonly isPlacing: boolean;
}

/** A lesion that is marked without being asked for answers the question, and one that is taken away asks for it. */
export function guideStep({ hasPortrait, hasKeep, answer, isPlacing }: GuideState): GuideStep {
  if (!hasPortrait || answer === 'over') return 'over';
  if (hasKeep) return isPlacing ? 'place' : 'choose';
  return answer === 'yes' ? 'mark' : 'ask';
}

/** Where a mark begins that keys will move: on the cheek to the left, a sixth of the face wide. */
export function firstMark({ x, y, width, height }: Box, photo: Size): Box {
  const [left, top] = [x + width / 5, y + 0.56 * height];
  return boxBetween([left, top], [left + width / 6, top + width / 6], photo);
}
