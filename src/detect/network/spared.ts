import type { View } from '../../inference/view.js';
import type { SeenFace } from './decode-faces.js';

/** Size of the smaller look ÷ size of the closer one, between which the smaller one can tell. */
const LEAST_SHARE = 0.3;
const MOST_SHARE = 0.6;
/** A face that the closer look would find is at least so likely in the smaller one: docs/PERFORMANCE.md. */
const LEAST_SCORE = 0.1;
/** Longer side, in pixels of the smaller look's input, of a face that a tile at full size would only see parts of. */
const LARGE = 128;

/**
 * Whether a closer look at a part of the photo would find no face: a smaller look at the whole saw nothing there that is
 * even a little like one, or only large ones.
 * @param faces in pixels of the input of `whole.view`
 */
export function canBeSpared(
  view: View,
  whole: { readonly view: View; readonly faces: readonly SeenFace[] },
): boolean {
  const scale = whole.view.width / whole.view.region.width;
  const share = scale / (view.width / view.region.width);
  if (share < LEAST_SHARE || share > MOST_SHARE) return false;
  const { x, y, width, height } = view.region;
  return !whole.faces.some(
    ({ box, score }) =>
      score >= LEAST_SCORE &&
      Math.max(box.width, box.height) <= LARGE &&
      box.x < (x + width) * scale &&
      box.y < (y + height) * scale &&
      box.x + box.width > x * scale &&
      box.y + box.height > y * scale,
  );
}
