/**
 * Colours by the numbers that standards print, forwards from sRGB, written apart from src/formats/colour, which derives
 * its matrices from chromaticities and goes the other way.
 */

type Triple = readonly [number, number, number];

/** What a picture's numbers are made into. */
export interface Encoding {
  /** Linear sRGB → linear light of the space, row by row, as published. */
  readonly matrix: readonly [Triple, Triple, Triple];
  /** Light 0–1 of one pixel, 1 is (diffuse) white → stored numbers 0–1. */
  readonly store: (light: Triple) => Triple;
}

const each = (curve: (v: number) => number) => (light: Triple) =>
  light.map((v) => curve(Math.max(0, v))) as unknown as Triple;

const SAME: Encoding['matrix'] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // prettier-ignore
/** ITU-R BT.2087-0, annex 1. */
const BT2020: Encoding['matrix'] = [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.088, 0.8956]]; // prettier-ignore
/** sRGB → XYZ (IEC 61966-2-1) → Adobe RGB (1998), 4.3.6.1, multiplied. */
const ADOBE: Encoding['matrix'] = [[0.71512, 0.28488, 0], [0, 1, 0], [0, 0.04117, 0.95883]]; // prettier-ignore
/** CSS Color 4, sample code: lin_sRGB to XYZ to lin_P3, multiplied. */
const P3: Encoding['matrix'] = [[0.82246, 0.17754, 0], [0.03319, 0.96681, 0], [0.01708, 0.0724, 0.91052]]; // prettier-ignore

const srgb = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const power = (exponent: number) => each((v) => v ** (1 / exponent));
/** BT.2100-2, table 4, with diffuse white at 203 cd/m² (BT.2408). */
const pq = each((v) => {
  const y = ((v * 203) / 10_000) ** 0.1593017578125;
  return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375;
});
/** BT.2100-2, table 5: the inverse OOTF for 1000 cd/m² with gamma 1.2, then the OETF. */
const hlg = ([r, g, b]: Triple): Triple => {
  const [red, green, blue] = [r, g, b].map((v) => (Math.max(0, v) * 203) / 1000) as unknown as Triple;
  const luminance = 0.2627 * red + 0.678 * green + 0.0593 * blue;
  const scene = luminance > 0 ? luminance ** ((1 - 1.2) / 1.2) : 0;
  return each((v) => (v <= 1 / 12 ? Math.sqrt(3 * v) : 0.17883277 * Math.log(12 * v - 0.28466892) + 0.55991073))(
    [red * scene, green * scene, blue * scene],
  ); // prettier-ignore
};

export const ENCODINGS = {
  linear: { matrix: SAME, store: (light: Triple) => light },
  gamma22: { matrix: SAME, store: power(2.2) },
  gamma18: { matrix: SAME, store: power(1.8) },
  adobe: { matrix: ADOBE, store: power(2.19921875) },
  p3: { matrix: P3, store: each(srgb) },
  srgb: { matrix: SAME, store: each(srgb) },
  bt2020: { matrix: BT2020, store: each(srgb) },
  pq: { matrix: BT2020, store: pq },
  hlg: { matrix: BT2020, store: hlg },
} as const satisfies Readonly<Record<string, Encoding>>;

/** The numbers, 0–1, that a picture in sRGB (8 bits, interleaved) has in an encoding. */
export function encoded(srgbData: Uint8Array, { matrix, store }: Encoding): Float64Array {
  const light = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const out = new Float64Array(srgbData.length);
  for (let at = 0; at < out.length; at += 3) {
    const [r, g, b] = [0, 1, 2].map((k) => light((srgbData[at + k] as number) / 255)) as unknown as Triple;
    const there = matrix.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Triple;
    out.set(store(there), at);
  }
  return out;
}
