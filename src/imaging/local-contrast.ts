import type { PixelImage } from '../core/image.js';

/** The luminance between which nearly all pixels around a place lie, 0–255, and how colourful they are. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  /** Mean distance between a pixel's highest and lowest channel, 0–255: little in fog and behind a veil. */
  readonly colour: number;
}

/** How much contrast there is in each part of an image. */
export interface ContrastMap {
  readonly columns: number;
  readonly rows: number;
  /** Of the tiles, row by row; each of a tile and its eight neighbours together, in whose middle it lies. */
  readonly spreads: readonly Spread[];
  /** Of the whole image. */
  readonly whole: Spread;
}

/** This share of pixels may be darker than `low`, and as many brighter than `high`: a lamp in a dark room. */
const BEYOND = 0.02;
/** At most so many samples along each side of a tile: more would cost time and tell the same. */
const MOST_SAMPLES = 32;
/** A sample is the mean of at most about so many pixels along each side. */
const MOST_MEANT = 4;
/** Levels to which a spread is stretched, and the most by which it is: beyond, there is noise to be seen alone. */
const [DARKEST, BRIGHTEST] = [16, 239];
const MOST_GAIN = 30;
const LEVELS = 256;

/**
 * Measures the contrast around each tile of an image.
 * @param image three channels
 * @param tileSide in pixels; what is looked for should be between one and three tiles large
 */
export function measureContrast(image: PixelImage, tileSide: number): ContrastMap {
  const columns = Math.max(1, Math.round(image.width / tileSide));
  const rows = Math.max(1, Math.round(image.height / tileSide));
  const samples = Array.from({ length: columns * rows }, (_, tile) =>
    measureTile(image, {
      left: Math.floor(((tile % columns) * image.width) / columns),
      right: Math.ceil((((tile % columns) + 1) * image.width) / columns),
      top: Math.floor((Math.floor(tile / columns) * image.height) / rows),
      bottom: Math.ceil(((Math.floor(tile / columns) + 1) * image.height) / rows),
    }),
  );
  const spreads = samples.map((_, tile) => {
    const [column, row] = [tile % columns, Math.floor(tile / columns)];
    const around: Samples[] = [];
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        around.push(samples[r * columns + c] as Samples);
      }
    }
    return spreadOf(around);
  });
  return { columns, rows, spreads, whole: spreadOf(samples) };
}

/**
 * A copy in which every part uses nearly the whole range of levels. Channels are stretched by the same factor, so that
 * colours of a faint or dark photo come back as well.
 * @param image three channels
 * @param map of this image
 */
export function contrastNormalised(image: PixelImage, map: ContrastMap): PixelImage {
  const { width, height, data } = image;
  const copy = new Uint8ClampedArray(data.length);
  const gains = map.spreads.map(({ low, high }) =>
    Math.max(1, Math.min(MOST_GAIN, (BRIGHTEST - DARKEST) / Math.max(1, high - low))),
  );
  const middles = map.spreads.map(({ low, high }) => (low + high) / 2);
  const across = Array.from({ length: width }, (_, x) => between(x, width, map.columns));
  const [rowGains, rowMiddles] = [new Float32Array(map.columns), new Float32Array(map.columns)];
  for (let y = 0, at = 0; y < height; y++) {
    const down = between(y, height, map.rows);
    for (let c = 0; c < map.columns; c++) {
      rowGains[c] = mixed(gains, down, map.columns, c);
      rowMiddles[c] = mixed(middles, down, map.columns, c);
    }
    for (const place of across) {
      const gain = mixed(rowGains, place, 1, 0);
      const shift = (DARKEST + BRIGHTEST) / 2 - mixed(rowMiddles, place, 1, 0) * gain;
      for (const end = at + 3; at < end; at++) copy[at] = (data[at] as number) * gain + shift;
    }
  }
  return { width, height, channels: 3, data: new Uint8Array(copy.buffer) };
}

/** Between two of the values, which are `stride` apart for each tile. */
function mixed(
  values: ArrayLike<number>,
  { first, second, share }: Between,
  stride: number,
  offset: number,
): number {
  const from = values[first * stride + offset] as number;
  return from + ((values[second * stride + offset] as number) - from) * share;
}

interface Tile {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How many samples of a tile have each level of luminance (ITU-R BT.601), and the sum of their colours. */
interface Samples {
  readonly counts: Uint32Array;
  readonly colours: number;
}

function measureTile(image: PixelImage, { left, right, top, bottom }: Tile): Samples {
  const counts = new Uint32Array(LEVELS);
  let colours = 0;
  const step = (from: number, to: number) => Math.max(1, Math.ceil((to - from) / MOST_SAMPLES));
  const [across, down] = [step(left, right), step(top, bottom)];
  for (let y = top; y < bottom; y += down) {
    for (let x = left; x < right; x += across) {
      const [red, green, blue] = meanColour(image, {
        left: x,
        right: Math.min(right, x + across),
        top: y,
        bottom: Math.min(bottom, y + down),
      });
      const level = Math.round((299 * red + 587 * green + 114 * blue) / 1000);
      counts[level] = (counts[level] as number) + 1;
      colours += Math.max(red, green, blue) - Math.min(red, green, blue);
    }
  }
  return { counts, colours };
}

/** The mean of up to about `MOST_MEANT` pixels each way: what remains of noise and of a weave is little. */
function meanColour({ width, data }: PixelImage, { left, right, top, bottom }: Tile) {
  const across = Math.max(1, Math.floor((right - left) / MOST_MEANT));
  const down = Math.max(1, Math.floor((bottom - top) / MOST_MEANT));
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y += down) {
    for (let x = left; x < right; x += across, count++) {
      const at = (y * width + x) * 3;
      red += data[at] as number;
      green += data[at + 1] as number;
      blue += data[at + 2] as number;
    }
  }
  return [red / count, green / count, blue / count] as const;
}

function spreadOf(samples: readonly Samples[]): Spread {
  const sums = Array.from({ length: LEVELS }, (_, level) =>
    samples.reduce((sum, { counts }) => sum + (counts[level] as number), 0),
  );
  const total = sums.reduce((sum, count) => sum + count, 0);
  const from = (levels: readonly number[]) => {
    let rest = BEYOND * total;
    return levels.find((level) => (rest -= sums[level] as number) < 0) ?? 0;
  };
  const levels = [...sums.keys()];
  const colour = samples.reduce((sum, { colours }) => sum + colours, 0) / total;
  return { low: from(levels), high: from(levels.reverse()), colour };
}

/** The tiles whose middles a pixel lies between, and the share of the second. */
interface Between {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

function between(pixel: number, side: number, tiles: number): Between {
  const place = Math.min(Math.max(((pixel + 0.5) * tiles) / side - 0.5, 0), tiles - 1);
  const first = Math.floor(place);
  return { first, second: Math.min(first + 1, tiles - 1), share: place - first };
}
