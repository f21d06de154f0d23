import type { Box } from '../../core/geometry.js';
import type { Turns, View } from './view.js';

const ALL_TURNS: readonly Turns[] = [0, 1, 2, 3];
/** Share of the square that the photo fills: a close-up cut off by the frame is only recognised with room around it. */
const CLOSE = 1;
const WITH_MARGIN = 0.5;
/** How much neighbouring tiles share: the larger the overlap, the larger a face that lies whole in one of them. */
const OVERLAP = 0.25;
/** Smaller tiles, in pixels, show nothing that the whole photo does not. */
const SMALLEST_TILE = 192;

/** How one network looks at a photo. It is always seen with a margin and in all four directions. */
export interface ViewPlan {
  /** Also without a margin, in these directions. */
  readonly close: readonly Turns[];
  /** Upright square tiles: how many fit along the shorter side, for each size of tiles. */
  readonly tilings: readonly number[];
}

/** Every way to look at a photo of this size. */
export function faceViews(width: number, height: number, plan: ViewPlan): View[] {
  const region = { x: 0, y: 0, width, height };
  const views: View[] = [
    ...plan.close.map((turns) => ({ region, turns, fill: CLOSE })),
    ...ALL_TURNS.map((turns) => ({ region, turns, fill: WITH_MARGIN })),
  ];
  for (const count of plan.tilings) {
    const side = Math.round(Math.min(width, height) / (count - (count - 1) * OVERLAP));
    if (side < SMALLEST_TILE) continue;
    views.push(
      ...squareTiles(width, height, side).map((tile): View => ({ region: tile, turns: 0, fill: CLOSE })),
    );
  }
  return views;
}

function squareTiles(width: number, height: number, side: number): Box[] {
  return starts(height, side).flatMap((y) =>
    starts(width, side).map((x) => ({ x, y, width: side, height: side })),
  );
}

/** Equally spaced, from the first pixel to the last, sharing at least `OVERLAP`. */
function starts(length: number, side: number): number[] {
  const count = Math.max(1, Math.ceil((length - side) / (side * (1 - OVERLAP)) - 1e-6) + 1);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (length - side)) / (count - 1)),
  );
}
