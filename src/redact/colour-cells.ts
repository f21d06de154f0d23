import type { DetectionKind } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';
import type { Mask } from '../imaging/rasterise.js';

/** A few colours: all that is left of what lay under a mask. */
export interface ColourCells {
  readonly columns: number;
  readonly rows: number;
  /** rows × columns × RGB, 0–255. */
  readonly colours: Float64Array;
}

/** How much detail is left of what lay under a mask. */
interface Detail {
  /** The most cells along each axis. */
  readonly cells: number;
  /** The step between two values that a channel can take; divides 256. */
  readonly level: number;
}

/**
 * So little of a face is left that attackers who treat all their photos the same way name it about as often as by
 * chance (docs/face-matching.md). Text may keep more, because letters have fewer strokes than faces have features.
 */
const FACE: Detail = { cells: 2, level: 64 };
const TEXT: Detail = { cells: 3, level: 64 };
const OTHER: Detail = { cells: 6, level: 32 };
/** No cell is smaller, in pixels: a small region gets fewer cells, not finer ones. */
const SMALLEST_CELL = 16;
/** Largest noise that the three channels share, and largest noise of each channel on top of it; in levels. */
const COMMON_NOISE = 1;
const CHANNEL_NOISE = 0.5;

/**
 * Reduces what lies under a mask to a few colours: the mean of each cell (over pixels inside the mask only) plus noise,
 * rounded to a few levels per channel. The noise comes first, because a rounded value can be read back through noise
 * added to it. What is painted from these colours depends on nothing else in the source.
 * @param random uniform in [0, 1); the same for a region in every frame, or its noise could be averaged away
 */
export function reduceToCells(
  image: PixelImage,
  kinds: readonly DetectionKind[],
  mask: Mask,
  random: () => number,
): ColourCells {
  const { cells: most, level } = detailOf(kinds);
  const columns = cellCount(mask.width, most);
  const rows = cellCount(mask.height, most);
  const means = cellMeans(image, mask, columns, rows);
  const colours = new Float64Array(columns * rows * 3);
  for (let cell = 0; cell < columns * rows; cell++) {
    const common = (random() * 2 - 1) * COMMON_NOISE;
    for (let c = 0; c < 3; c++) {
      const noise = common + (random() * 2 - 1) * CHANNEL_NOISE;
      const rounded = Math.floor((means[cell * 3 + c] as number) / level + noise);
      colours[cell * 3 + c] = (Math.min(256 / level - 1, Math.max(0, rounded)) + 0.5) * level;
    }
  }
  return { columns, rows, colours };
}

/** The cell that a pixel of the mask lies in, along one axis. */
export function cellIndex(position: number, size: number, cells: number): number {
  return Math.floor((position * cells) / size);
}

/** Of what each kind may keep, the least. */
function detailOf(kinds: readonly DetectionKind[]): Detail {
  if (kinds.includes('face')) return FACE;
  return kinds.includes('text') || kinds.includes('code') ? TEXT : OTHER;
}

function cellCount(size: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(size / SMALLEST_CELL)));
}

/** Mean RGB per cell; a cell without a pixel inside the mask gets the mean of the whole region. */
function cellMeans(image: PixelImage, mask: Mask, columns: number, rows: number): Float64Array {
  const cells = columns * rows;
  const sums = new Float64Array(cells * 3);
  const counts = new Float64Array(cells);
  for (let y = 0; y < mask.height; y++) {
    const row = cellIndex(y, mask.height, rows) * columns;
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] !== 255) continue;
      const cell = row + cellIndex(x, mask.width, columns);
      const at = ((mask.top + y) * image.width + mask.left + x) * image.channels;
      counts[cell] = (counts[cell] as number) + 1;
      for (let c = 0; c < 3; c++)
        sums[cell * 3 + c] = (sums[cell * 3 + c] as number) + (image.data[at + c] as number);
    }
  }
  const count = counts.reduce((a, b) => a + b, 0);
  const whole = [0, 1, 2].map((c) => sums.reduce((sum, v, i) => (i % 3 === c ? sum + v : sum), 0) / count);
  return sums.map((sum, i) => {
    const inside = counts[Math.floor(i / 3)] as number;
    return inside > 0 ? sum / inside : (whole[i % 3] as number);
  });
}
