import type { Box, Point } from '../../core/geometry.js';
import type { Viewport } from '../../models/viewport.js';

/** A face as one look of a network saw it. May reach beyond what was looked at. */
export interface SeenFace {
  readonly box: Box;
  /** 0–1, as the network gives it. */
  readonly score: number;
}

/** A face with its landmarks: the eyes, the tip of the nose and the corners of the mouth. */
export interface FaceWithPoints extends SeenFace {
  readonly points: readonly Point[];
}

/** Converts a face from pixels of a viewport's input to pixels of the photo. */
export function inPhoto<T extends SeenFace & { readonly points?: readonly Point[] }>(
  seen: T,
  { part, width, height }: Viewport,
): T {
  const [sx, sy] = [part.width / width, part.height / height];
  const { x, y, width: across, height: down } = seen.box;
  return {
    ...seen,
    ...(seen.points && {
      points: seen.points.map(([u, v]): Point => [part.x + u * sx, part.y + v * sy]),
    }),
    box: { x: part.x + x * sx, y: part.y + y * sy, width: across * sx, height: down * sy },
  };
}
