import { wholeViewport, type Viewport } from '../../models/viewport.js';
import { closeViewports, type Tiles } from '../network/index.js';
import type { SeenFace } from './seen-face.js';

/** Longer sides of the looks at the whole photo: only the smallest shows a face that fills it. */
const WHOLE_SIDES = [160, 320, 640] as const;
/** A large photo's tiles. A face that is cut off is not seen by half, as a word is: more is shared than for text. */
const FACE_TILES: Tiles = { most: 960, shared: 128 };
/** A face is worth a closer look when it has at least this score and at most this size in the smaller look's input. */
const [LEAST_SCORE, LARGEST] = [0.2, 64];
/** When the smaller look's scale is below this share of the closer one's, it cannot tell. */
const LEAST_SHARE = 0.3;

/** How a photo is looked at for faces: whole, then closer where that may show more. */
export interface FaceViewports {
  /** Smallest first. */
  readonly whole: readonly Viewport[];
  /** Enlarged or at full size, in one look or in tiles. */
  readonly closer: readonly Viewport[];
}

/** Plans all looks at a photo of this size, in pixels; a large photo is seen whole once more, at 1280 pixels. */
export function planFaceViewports(width: number, height: number): FaceViewports {
  const long = Math.max(width, height);
  const whole = WHOLE_SIDES.map((side) => wholeViewport(width, height, side / long));
  const [first, ...tiles] = closeViewports(width, height, FACE_TILES) as [Viewport, ...Viewport[]];
  const isSmaller = first.width < first.part.width && tiles.length > 0;
  return isSmaller ? { whole: [...whole, first], closer: tiles } : { whole, closer: [first, ...tiles] };
}

/**
 * Whether a smaller look at the whole saw something in this part that may prove to be a face in a closer look.
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
