import { ImageDeidError } from '../../core/errors.js';

/** x and y of CIE 1931. */
export type Chromaticity = readonly [x: number, y: number];

/** How a stored number tells light; "gamma" is a power with that exponent. */
export type Transfer =
  'srgb' | 'linear' | 'pq' | 'hlg' | 'smpte-240m' | 'smpte-428' | { readonly gamma: number };

/** What the numbers of an RGB image mean. */
export interface ColourSpace {
  readonly white: Chromaticity;
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
  readonly transfer: Transfer;
  /** Black is 16 and white 235 of 255, as in video. */
  readonly isNarrow?: boolean;
}

type Primaries = Pick<ColourSpace, 'white' | 'red' | 'green' | 'blue'>;

const D65: Chromaticity = [0.3127, 0.329];
const ILLUMINANT_C: Chromaticity = [0.31, 0.316];

/** ITU-T H.273, table 2: BT.709 (1), unspecified (2) taken for it, and the others. */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  1: { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 },
  2: { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 },
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: ILLUMINANT_C },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  7: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  8: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: ILLUMINANT_C },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  10: { red: [1, 0], green: [0, 1], blue: [0, 0], white: [1 / 3, 1 / 3] },
  11: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
};

/** ITU-T H.273, table 3; the curves of BT.709, BT.601 and BT.2020 are viewed as sRGB, as browsers do. */
const TRANSFERS: Readonly<Record<number, Transfer>> = {
  1: 'srgb',
  2: 'srgb',
  4: { gamma: 2.2 },
  5: { gamma: 2.8 },
  6: 'srgb',
  7: 'smpte-240m',
  8: 'linear',
  13: 'srgb',
  14: 'srgb',
  15: 'srgb',
  16: 'pq',
  17: 'smpte-428',
  18: 'hlg',
};

export const SRGB: ColourSpace = { ...(PRIMARIES[1] as Primaries), transfer: 'srgb' };
export const DISPLAY_P3: ColourSpace = { ...(PRIMARIES[12] as Primaries), transfer: 'srgb' };
/** Adobe RGB (1998), 4.3.1: the exponent is 2 51/256. */
export const ADOBE_RGB: ColourSpace = {
  red: [0.64, 0.33],
  green: [0.21, 0.71],
  blue: [0.15, 0.06],
  white: D65,
  transfer: { gamma: 563 / 256 },
};

/**
 * The colour space of two code points of ITU-T H.273.
 * @throws {ImageDeidError} unsupported-format for code points that are reserved, or whose curve has no agreed white
 */
export function spaceOfCodePoints(primaries: number, transfer: number, isNarrow = false): ColourSpace {
  const [triangle, curve] = [PRIMARIES[primaries], TRANSFERS[transfer]];
  if (triangle === undefined || curve === undefined) throw unknownColours();
  if (primaries <= 2 && curve === 'srgb' && !isNarrow) return SRGB;
  return { ...triangle, transfer: curve, isNarrow };
}

export function unknownColours(): ImageDeidError {
  return new ImageDeidError({ id: 'error/unsupported-format/colour-space', values: {} }, 'decode');
}
