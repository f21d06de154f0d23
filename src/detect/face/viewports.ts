import { wholeViewport, type Viewport } from '../../models/viewport.js';
import { planViewports } from '../network/index.js';
import type { SeenFace } from './seen-face.js';

/** Longer sides of the looks at the whole photo: a face that fills it is only seen in the smallest. */
const WHOLE_SIDES = [160, 320, 640] as const;
/** A face that a closer look is worth: so likely in the smaller one, and at most so large, in pixels of that one's input. */
const [LEAST_SCORE, LARGEST] = [0.2, 64];
/** Size of the smaller look ÷ size of the closer one, below which the smaller one cannot tell. */
const LEAST_SHARE = 0.3;

/** How a photo is looked at for faces: whole, then closer where that may show more. */
export interface FaceViewports {
  /** Smallest first. */
  readonly whole: readonly Viewport[];
  /** Enlarged or at full size, in one look or in tiles. */
  readonly closer: readonly Viewport[];
}

/** Every way to look at a photo of this size, in pixels; a large one whole once more, at 1280 pixels. */
export function planFaceViewports(width: number, height: number): FaceViewports {
  const long = Math.max(width, height);
  const whole = WHOLE_SIDES.map((side) => wholeViewport(width, height, side / long));
  const [first, ...tiles] = planViewports(width, height).close as [Viewport, ...Viewport[]];
  const isSmaller = first.width < first.part.width && tiles.length > 0;
  return isSmaller ? { whole: [...whole, first], closer: tiles } : { whole, closer: [first, ...tiles] };
}

/**
 * Whether a smaller look at the whole saw something in this part that a closer look may turn into a face.
 * @param faces in pixels of the input of `smaller`
 */
export function isWorthALook(viewport: Viewport, smaller: Viewport, faces: readonly SeenFace[]): boolean {
  const scale = smaller.width / smaller.part.width;
  if (scale / (viewport.width / viewport.part.width) < LEAST_SHARE) return true;
  const { x, y, width, height } = viewport.part;
  return faces.some(
    ({ box, score }) =>
      score >= LEAST_SCORE &&
      Math.max(box.width, box.height) <= LARGEST &&
      box.x < (x + width) * scale &&
      box.y < (y + height) * scale &&
      box.x + box.width > x * scale &&
      box.y + box.height > y * scale,
  );
}
