import type { Redaction } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';
import type { RegionMask } from './contract.js';

/** The few colours that are all that is left of what lay under a mask. */
export interface ColourCells {
  readonly columns: number;
  readonly rows: number;
  /** rows × columns × RGB, 0–255. */
  readonly colours: Float64Array;
}

/** A face at 6 × 6 is far below what people or networks recognise; letters have fewer strokes than faces features. */
const MOST_CELLS = 6;
const MOST_CELLS_WITH_TEXT = 3;
/** No cell is smaller, in pixels: a small region gets fewer cells, not finer ones. */
const SMALLEST_CELL = 16;
/** 8 levels per channel. */
const LEVEL = 32;
/** Largest noise in grey levels: common to the three channels, and per channel. */
const NOISE = 12;
const CHANNEL_NOISE = 4;

/**
 * Reduces what lies under a mask to at most 36 colours: the mean of each cell (over pixels inside the mask only),
 * rounded to 8 levels per channel, plus noise. What is painted from them depends on nothing else of the source.
 */
export function reduceToCells(
  image: PixelImage,
  redaction: Redaction,
  mask: RegionMask,
  random: () => number,
): ColourCells {
  const most = redaction.kinds.some((kind) => kind === 'text' || kind === 'code')
    ? MOST_CELLS_WITH_TEXT
    : MOST_CELLS;
  const columns = cellCount(mask.width, most);
  const rows = cellCount(mask.height, most);
  const means = cellMeans(image, mask, columns, rows);
  const colours = new Float64Array(columns * rows * 3);
  for (let cell = 0; cell < columns * rows; cell++) {
    const common = (random() * 2 - 1) * NOISE;
    for (let c = 0; c < 3; c++) {
      const level = Math.floor((means[cell * 3 + c] as number) / LEVEL) * LEVEL + LEVEL / 2;
      const noisy = level + common + (random() * 2 - 1) * CHANNEL_NOISE;
      colours[cell * 3 + c] = Math.min(255, Math.max(0, noisy));
    }
  }
  return { columns, rows, colours };
}

/** The cell that a pixel of the mask lies in, along one axis. */
export function cellIndex(position: number, size: number, cells: number): number {
  return Math.floor((position * cells) / size);
}

function cellCount(size: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(size / SMALLEST_CELL)));
}

/** Mean RGB per cell; a cell without a pixel inside the mask gets the mean of the whole region. */
function cellMeans(image: PixelImage, mask: RegionMask, columns: number, rows: number): Float64Array {
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
