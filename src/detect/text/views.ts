import type { Box } from '../../core/geometry.js';

/** A part of an image and the size at which the network looks at it. */
export interface View {
  /** Whole pixels of the image. */
  readonly region: Box;
  /** Pixels of the network's input, multiples of `STEP`. */
  readonly width: number;
  readonly height: number;
}

/** The network halves its input five times. */
const STEP = 32;
/** Longer side of one input: what the network was trained near, and what bounds its memory. */
const MAX_SIDE = 1280;
/** How much neighbouring tiles share, in pixels of the input: a word that one tile cuts lies whole in the other. */
const OVERLAP = 192;

/** Small photos are enlarged up to this longer side, at most twice: burned-in captions are a few pixels high. */
const ENLARGED_SIDE = 1600;
const MOST_ENLARGED = 2;
/** Longer side beyond which full size only shows noise, and costs seconds. */
const FULL_SIZE_SIDE = 6400;

/**
 * How large the network sees an image; input ÷ image pixels. A small photo is only seen enlarged: at its own size,
 * skin is taken for text (docs/EVALUATION.md). A large one is seen whole, for large letters, and at full size.
 */
export function scalesFor(width: number, height: number): number[] {
  const long = Math.max(width, height);
  if (long < ENLARGED_SIDE) return [Math.min(MOST_ENLARGED, ENLARGED_SIDE / long)];
  return [MAX_SIDE / long, Math.min(1, FULL_SIZE_SIDE / long)];
}

/** The whole image at one scale, in as many overlapping tiles as its size needs. */
export function viewsAtScale(width: number, height: number, scale: number): View[] {
  const columns = tiles(width, scale);
  const rows = tiles(height, scale);
  return rows.flatMap((row) =>
    columns.map((column) => ({
      region: { x: column.start, y: row.start, width: column.length, height: row.length },
      width: inputSide(column.length, scale),
      height: inputSide(row.length, scale),
    })),
  );
}

/** Equal stretches of one side that overlap and together cover it; in pixels of the image. */
function tiles(side: number, scale: number): { start: number; length: number }[] {
  const most = MAX_SIDE / scale;
  const shared = OVERLAP / scale;
  const count = side <= most ? 1 : Math.ceil((side - shared) / (most - shared));
  const length = Math.min(side, Math.ceil((side + (count - 1) * shared) / count));
  return Array.from({ length: count }, (_, i) => ({
    start: count === 1 ? 0 : Math.round((i * (side - length)) / (count - 1)),
    length,
  }));
}

function inputSide(length: number, scale: number): number {
  return Math.max(STEP, Math.round((length * scale) / STEP) * STEP);
}
