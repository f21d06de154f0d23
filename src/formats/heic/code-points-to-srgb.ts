import { ImageDeidError } from '../../core/errors.js';

/** H.273 colour primaries → linear sRGB, row by row; each maps D65 white to white. */
const TO_SRGB: Readonly<Record<number, readonly number[]>> = {
  // Rec. 2020 (BT.2087-0, annex 2, inverted)
  9: [1.660491, -0.587641, -0.07285, -0.12455, 1.1329, -0.008349, -0.018151, -0.100579, 1.11873],
  // Display P3 (SMPTE EG 432-1)
  12: [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274],
};
/** BT.709, unspecified, and the two BT.601 sets, which differ from sRGB's by less than the eye can tell. */
const SRGB_PRIMARIES = [1, 2, 5, 6];
/** BT.709, unspecified, BT.601, sRGB, BT.2020: viewed as sRGB, as browsers do. */
const SRGB_TRANSFERS = [1, 2, 6, 13, 14, 15];
const PQ = 16;
const HLG = 18;
/** Luminance of diffuse white, in cd/m² (BT.2408). */
const WHITE = 203;

/**
 * Converts pixels in place from H.273 code points to sRGB. High dynamic range is mapped so that diffuse white
 * becomes white; what is brighter is clipped.
 * @throws {ImageDeidError} unsupported-format when the code points are not among the ones known here
 */
export function codePointsToSrgb(
  data: Uint8Array,
  channels: 3 | 4,
  primaries: number,
  transfer: number,
): void {
  const matrix = TO_SRGB[primaries];
  const plain = SRGB_TRANSFERS.includes(transfer);
  if ((!matrix && !SRGB_PRIMARIES.includes(primaries)) || (!plain && transfer !== PQ && transfer !== HLG)) {
    throw new ImageDeidError({ id: 'error/unsupported-format/colour-space', values: {} }, 'decode');
  }
  if (plain && !matrix) return;
  const [a, b, c, d, e, f, g, h, i] = (matrix ?? [1, 0, 0, 0, 1, 0, 0, 0, 1]) as [number, number, number, number, number, number, number, number, number]; // prettier-ignore
  const linear = Float64Array.from({ length: 256 }, (_, v) => toLinear(v / 255, transfer));
  const encode = Uint8Array.from({ length: 4096 }, (_, v) => Math.round(255 * srgbEncode(v / 4095)));
  const put = (at: number, value: number): void => {
    data[at] = encode[Math.round(4095 * Math.min(1, Math.max(0, value)))] as number;
  };
  for (let at = 0; at < data.length; at += channels) {
    const red = linear[data[at] as number] as number;
    const green = linear[data[at + 1] as number] as number;
    const blue = linear[data[at + 2] as number] as number;
    put(at, a * red + b * green + c * blue);
    put(at + 1, d * red + e * green + f * blue);
    put(at + 2, g * red + h * green + i * blue);
  }
}

/** Code value 0–1 → linear light, 1 is diffuse white. */
function toLinear(value: number, transfer: number): number {
  if (transfer === PQ) {
    // SMPTE ST 2084.
    const p = value ** (32 / 2523);
    return (10_000 / WHITE) * (Math.max(p - 0.8359375, 0) / (18.8515625 - 18.6875 * p)) ** (16384 / 2610);
  }
  if (transfer === HLG) {
    // ARIB STD-B67; the system gamma is left out, diffuse white lies at a signal of 0.75 (BT.2408).
    const scene = (v: number): number => (v <= 0.5 ? (v * v) / 3 : (Math.exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12); // prettier-ignore
    return scene(value) / scene(0.75);
  }
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function srgbEncode(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}
