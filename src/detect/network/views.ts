import type { Box, Polygon } from '../../core/geometry.js';
import { inputSide, VIEW_STEP, wholeView, type View } from '../../models/view.js';

/** From pixels of a map that shows `region`, `width` × `height` of them, to those of the photo. */
export function toPhoto(
  polygon: Polygon,
  { width, height }: { readonly width: number; readonly height: number },
  region: Box,
): Polygon {
  const [sx, sy] = [region.width / width, region.height / height];
  return polygon.map(([x, y]) => [region.x + x * sx, region.y + y * sy] as const);
}

/** How a photo is looked at: small and whole twice, for what only its surroundings explain, then close. */
export interface ViewPlan {
  readonly far: View;
  readonly near: View;
  readonly close: readonly View[];
}

/** Longer sides of the two looks at the whole: what tells ink from lesions is that both agree. */
const FAR_SIDE = 320;
const NEAR_SIDE = 640;
/** The same of the looks that check the first ones. */
const COARSE_SIDE = 480;
const FINE_SIDE = 960;
/** Longer side of one close input: what bounds the memory. */
const MAX_SIDE = 1280;
/** How much neighbouring tiles share, in pixels of the input: a word that one tile cuts lies whole in the other. */
const OVERLAP = 192;
/** The same of a large photo's tiles, whose larger words are seen in the look at the whole. */
const LARGE_OVERLAP = 128;
/** Small photos are enlarged: burned-in captions and distant faces are a few pixels high. */
const ENLARGED_SIDE = 1600;
const MOST_ENLARGED = 2;
/** A very small one further, as long as one input holds it. */
const MOST_ENLARGED_IN_ONE = 3;
/** Longer side beyond which full size only shows noise, and costs seconds. */
const FULL_SIZE_SIDE = 6400;
/** Longer side of a large photo's tiles, in pixels of the input: smaller ones take as long, and less memory. */
const TILE_SIDE = 960;

/** A close look this many times as large as the near one still shows the same. */
const MOST_CLOSER = 2.6;

/** Whether a close look at ink is comparable with the near one. */
export function showsTheSame(close: View, near: View): boolean {
  const scale = (view: View) => view.width / view.region.width;
  return scale(close) <= MOST_CLOSER * scale(near);
}

/** Whether a photo is so narrow that nothing whole can be recognised in it: its shorter side vanishes in the look at the whole. */
export function isStrip(width: number, height: number): boolean {
  return (NEAR_SIDE * Math.min(width, height)) / Math.max(width, height) < VIEW_STEP;
}

/** Every way to look at a photo of this size, in pixels. */
export function planViews(width: number, height: number): ViewPlan {
  return {
    far: wholeAt(width, height, FAR_SIDE),
    near: wholeAt(width, height, NEAR_SIDE),
    close: closeViews(width, height),
  };
}

/** A small photo enlarged; a large one whole, for large letters, and in tiles at full size. */
function closeViews(width: number, height: number): View[] {
  const long = Math.max(width, height);
  if (long < ENLARGED_SIDE) {
    return viewsAtScale(width, height, { scale: enlargement(long), most: MAX_SIDE, shared: OVERLAP });
  }
  const full = { scale: Math.min(1, FULL_SIZE_SIDE / long), most: TILE_SIDE, shared: LARGE_OVERLAP };
  return [wholeAt(width, height, MAX_SIDE), ...viewsAtScale(width, height, full)];
}

/** Two more looks at the whole, as far apart as `far` and `near` and at neither's size. */
export function planSecondViews(
  width: number,
  height: number,
): { readonly coarse: View; readonly fine: View } {
  return { coarse: wholeAt(width, height, COARSE_SIDE), fine: wholeAt(width, height, FINE_SIDE) };
}

/** The whole photo, its longer side `side` pixels of the input. */
function wholeAt(width: number, height: number, side: number): View {
  return wholeView(width, height, side / Math.max(width, height));
}

/** Input ÷ image pixels, for a small photo. */
function enlargement(long: number): number {
  const inOne = Math.min(MOST_ENLARGED_IN_ONE, MAX_SIDE / long);
  return Math.max(inOne, Math.min(MOST_ENLARGED, ENLARGED_SIDE / long));
}

interface Tiling {
  /** Input ÷ image pixels. */
  readonly scale: number;
  /** Longer side of a tile at most, and what neighbours share at least; in pixels of the input. */
  readonly most: number;
  readonly shared: number;
}

/** The whole image at one scale, in as many overlapping tiles as its size needs. */
function viewsAtScale(width: number, height: number, tiling: Tiling): View[] {
  const columns = tiles(width, tiling);
  const rows = tiles(height, tiling);
  return rows.flatMap((row) =>
    columns.map((column) => ({
      region: { x: column.start, y: row.start, width: column.length, height: row.length },
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
  const length = Math.min(side, scale === 1 ? Math.ceil(exact / VIEW_STEP) * VIEW_STEP : exact);
  return Array.from({ length: count }, (_, i) => ({
    start: count === 1 ? 0 : Math.round((i * (side - length)) / (count - 1)),
    length,
  }));
}
