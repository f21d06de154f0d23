import type { Box } from '../../core/geometry.js';
import type { Turns, View } from './view.js';

const ALL_TURNS: readonly Turns[] = [0, 1, 2, 3];
/** A close-up that is cut off by the frame is only recognised with room around it. */
const WITH_MARGIN = 0.5;
/** How much neighbouring tiles share: the larger the overlap, the larger a face that lies whole in one of them. */
const OVERLAP = 0.25;

/** How one network looks at a photo. */
export interface ViewPlan {
  /** Tiles along the shorter side for each size of tiles. */
  readonly tilings: readonly number[];
  /** Of the tiles; the whole photo is always seen in all four. */
  readonly tileTurns: readonly Turns[];
  /** Tiles of fewer source pixels show nothing that the whole photo does not. */
  readonly smallestTile: number;
}

/** The whole photo upright and turned, close up and with a margin, then its tiles. */
export function faceViews(width: number, height: number, plan: ViewPlan): View[] {
  const whole = { x: 0, y: 0, width, height };
  const views: View[] = [1, WITH_MARGIN].flatMap((fill) =>
    ALL_TURNS.map((turns) => ({ region: whole, turns, fill })),
  );
  for (const count of plan.tilings) {
    const side = Math.round(Math.min(width, height) / (count - (count - 1) * OVERLAP));
    if (side < plan.smallestTile) continue;
    for (const region of squareTiles(width, height, side)) {
      for (const turns of plan.tileTurns) views.push({ region, turns, fill: 1 });
    }
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
