import type { Box } from '../../core/geometry.js';
import type { View } from '../../models/view.js';

/** A face as one look of a network saw it. May reach beyond what was looked at. */
export interface SeenFace {
  readonly box: Box;
  /** 0–1, as the network gives it. */
  readonly score: number;
}

/** From pixels of a view's input to those of the photo. */
export function inPhoto<T extends SeenFace>(seen: T, { region, width, height }: View): T {
  const [sx, sy] = [region.width / width, region.height / height];
  const { x, y, width: across, height: down } = seen.box;
  return {
    ...seen,
    box: { x: region.x + x * sx, y: region.y + y * sy, width: across * sx, height: down * sy },
  };
}
