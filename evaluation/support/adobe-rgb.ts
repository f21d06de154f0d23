/** Exponent of Adobe RGB (1998): 2 + 51/256. */
const GAMMA = 563 / 256;
/** Linear Adobe RGB (1998) to linear sRGB, both under D65: by way of XYZ, from the matrices of both standards. */
const MATRIX = [
  [1.39835574, -0.39835574, 0],
  [0, 1, 0],
  [0, -0.0429289, 1.0429289],
] as const;

/** A colour in whole numbers 0–255 of Adobe RGB (1998) as one of sRGB; what sRGB cannot show is cut to its edge. */
export function adobeRgbToSrgb(colour: readonly [number, number, number]): [number, number, number] {
  const [r, g, b] = colour.map((value) => (value / 255) ** GAMMA) as [number, number, number];
  const [x, y, z] = MATRIX.map(([a, c, d]) => encoded(a * r + c * g + d * b)) as [number, number, number];
  return [x, y, z];
}

function encoded(linear: number): number {
  const v = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}
