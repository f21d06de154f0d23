import type { Box, Polygon } from '../../core/geometry.js';
import { inputSide, VIEWPORT_STEP, wholeViewport, type Viewport } from '../../models/viewport.js';

/** Converts a polygon from pixels of a map of `width` × `height`, which shows `part`, to pixels of the photo. */
export function toPhoto(
  polygon: Polygon,
  { width, height }: { readonly width: number; readonly height: number },
  part: Box,
): Polygon {
  const [sx, sy] = [part.width / width, part.height / height];
  return polygon.map(([x, y]) => [part.x + x * sx, part.y + y * sy] as const);
}

/** How a photo is looked at: twice whole and small, for what only its surroundings explain, then close. */
export interface ViewportPlan {
  readonly far: Viewport;
  readonly near: Viewport;
  readonly close: readonly Viewport[];
}

/** Longer sides of the two looks at the whole; ink is told from lesions by both agreeing. */
const FAR_SIDE = 320;
const NEAR_SIDE = 640;
/** The same for the looks that check the first ones. */
const COARSE_SIDE = 480;
const FINE_SIDE = 960;
/** Longer side of one close input; it bounds the memory. */
const MAX_SIDE = 1280;
/** How much neighbouring tiles share, in pixels of the input: a word cut off by one tile lies whole in the other. */
const OVERLAP = 192;
/** Small photos are enlarged: burned-in captions and distant faces are a few pixels high. */
const ENLARGED_SIDE = 1600;
const MOST_ENLARGED = 2;
/** A very small photo is enlarged further, as long as it fits one input. */
const MOST_ENLARGED_IN_ONE = 3;
/** Beyond this longer side, full size shows only noise and costs seconds. */
const FULL_SIZE_SIDE = 6400;

/** How something is seen in tiles. */
export interface Tiles {
  /** The longest that a side may be, and the least that neighbours share; in pixels of the input. */
  readonly most: number;
  readonly shared: number;
}

/** One takes no more memory than the look at the whole, in which words longer than what is shared are seen. */
const TEXT_TILES: Tiles = { most: 1088, shared: 64 };

/** A close look this many times as large as the near one still shows the same. */
const MOST_CLOSER = 2.6;

/** Whether ink in a close look can be compared with the near one. */
export function showsTheSame(close: Viewport, near: Viewport): boolean {
  const scale = (viewport: Viewport) => viewport.width / viewport.part.width;
  return scale(close) <= MOST_CLOSER * scale(near);
}

/** Whether a photo is too narrow to recognise anything whole: its shorter side vanishes in the look at the whole. */
export function isStrip(width: number, height: number): boolean {
  return (NEAR_SIDE * Math.min(width, height)) / Math.max(width, height) < VIEWPORT_STEP;
}

/** Plans all looks at a photo of this size, in pixels. */
export function planViewports(width: number, height: number): ViewportPlan {
  return {
    far: wholeAt(width, height, FAR_SIDE),
    near: wholeAt(width, height, NEAR_SIDE),
    close: closeViewports(width, height, TEXT_TILES),
  };
}

/** A small photo is enlarged; a large one is seen whole, for what is large, and in tiles at full size. */
export function closeViewports(width: number, height: number, tiles: Tiles): Viewport[] {
  const long = Math.max(width, height);
  if (long < ENLARGED_SIDE) {
    return viewportsAtScale(width, height, { scale: enlargement(long), most: MAX_SIDE, shared: OVERLAP });
  }
  const full = { scale: Math.min(1, FULL_SIZE_SIDE / long), ...tiles };
  return [wholeAt(width, height, MAX_SIDE), ...viewportsAtScale(width, height, full)];
}

/** Two more looks at the whole, as far apart as `far` and `near` and at neither's size. */
export function planSecondViewports(
  width: number,
  height: number,
): { readonly coarse: Viewport; readonly fine: Viewport } {
  return { coarse: wholeAt(width, height, COARSE_SIDE), fine: wholeAt(width, height, FINE_SIDE) };
}

/** The whole photo, its longer side `side` pixels of the input. */
function wholeAt(width: number, height: number, side: number): Viewport {
  return wholeViewport(width, height, side / Math.max(width, height));
}

/** Input ÷ image pixels, for a small photo. */
function enlargement(long: number): number {
  const inOne = Math.min(MOST_ENLARGED_IN_ONE, MAX_SIDE / long);
  return Math.max(inOne, Math.min(MOST_ENLARGED, ENLARGED_SIDE / long));
}

interface Tiling extends Tiles {
  /** Input ÷ image pixels. */
  readonly scale: number;
}

/** The whole image at one scale, in as many overlapping tiles as its size needs. */
function viewportsAtScale(width: number, height: number, tiling: Tiling): Viewport[] {
  const columns = tiles(width, tiling);
  const rows = tiles(height, tiling);
  return rows.flatMap((row) =>
    columns.map((column) => ({
      part: { x: column.start, y: row.start, width: column.length, height: row.length },
      width: inputSide(column.length, tiling.scale),
      height: inputSide(row.length, tiling.scale),
    })),
  );
}

/** Equal stretches of one side that overlap and together cover it; in pixels of the image. */
function tiles(side: number, { scale, most, shared }: Tiling): { start: number; length: number }[] {
  const [longest, overlap] = [most / scale, shared / scale];
  const count = side <= longest ? 1 : Math.ceil((side - overlap) / (longest - overlap));
  const exact = Math.ceil((side + (count - 1) * overlap) / count);
  // At full size a tile is shown pixel by pixel: nothing needs to be resized.
  const length = Math.min(side, scale === 1 ? Math.ceil(exact / VIEWPORT_STEP) * VIEWPORT_STEP : exact);
  return Array.from({ length: count }, (_, i) => ({
    start: count === 1 ? 0 : Math.round((i * (side - length)) / (count - 1)),
    length,
  }));
}
