import { ImageDeidError } from '../../core/errors.js';
import { SRGB, type ColourSpace } from './colour-space.js';
import { between, toXyz } from './matrix.js';
import { DIFFUSE_WHITE, HLG_PEAK, HLG_SYSTEM_GAMMA, linearLight, srgbSignal } from './transfer.js';

/** Fine enough that the darkest step of 8-bit sRGB spans 20 entries. */
const ENTRIES = 65_536;
/** Diffuse white may be exceeded by this much before a pixel counts as too bright: rounding, and a white wall. */
const BRIGHT = 1.05;
/** The share of pixels brighter than diffuse white that may be clipped; reflections on wet skin need 1 to 2 %. */
const MOST_BRIGHT = 0.05;

/** Numbers of an image, interleaved, and the largest that can be stored. */
export interface Samples {
  readonly data: Uint8Array | Uint16Array;
  readonly channels: 3 | 4;
  /** 255, 1023, 4095, 65535. */
  readonly most: number;
}

/**
 * 8-bit sRGB of numbers that mean something else. Colours outside sRGB are clipped per channel, which is what a
 * colour-managed viewer shows on an sRGB screen; of high dynamic range, diffuse white becomes white, and what is
 * brighter is clipped. Alpha stays.
 * @throws {ImageDeidError} unsupported-format when much of the picture is brighter than diffuse white
 */
export function toSrgb({ data, channels, most }: Samples, space: ColourSpace): Uint8Array {
  if (space === SRGB) return reduced(data, most);
  const out = new Uint8Array(data.length);
  const linear = linearLight(space, most);
  const encode = Uint8Array.from({ length: ENTRIES }, (_, i) =>
    Math.round(255 * srgbSignal(i / (ENTRIES - 1))),
  );
  const [[a, b, c], [d, e, f], [g, h, i]] = between(space, SRGB);
  const [, [yr, yg, yb]] = toXyz(space);
  const isHlg = space.transfer === 'hlg';
  const isHighRange = isHlg || space.transfer === 'pq';
  const put = (at: number, light: number): void => {
    out[at] = encode[light <= 0 ? 0 : light >= 1 ? ENTRIES - 1 : Math.round(light * (ENTRIES - 1))] as number;
  };
  let bright = 0;
  for (let at = 0; at < data.length; at += channels) {
    let red = linear[data[at] as number] as number;
    let green = linear[data[at + 1] as number] as number;
    let blue = linear[data[at + 2] as number] as number;
    let luminance = yr * red + yg * green + yb * blue;
    if (isHlg) {
      // BT.2100-2, table 5: the picture's own luminance carries the system gamma.
      const gain = (HLG_PEAK / DIFFUSE_WHITE) * luminance ** (HLG_SYSTEM_GAMMA - 1);
      red *= gain;
      green *= gain;
      blue *= gain;
      luminance *= gain;
    }
    if (luminance > BRIGHT) bright++;
    put(at, a * red + b * green + c * blue);
    put(at + 1, d * red + e * green + f * blue);
    put(at + 2, g * red + h * green + i * blue);
    if (channels === 4) out[at + 3] = Math.round(((data[at + 3] as number) * 255) / most);
  }
  const share = (bright * channels) / data.length;
  if (isHighRange && share > MOST_BRIGHT) {
    const values = { percent: Math.round(share * 100) };
    throw new ImageDeidError({ id: 'error/unsupported-format/hdr-brightness', values }, 'decode');
  }
  return out;
}

function reduced(data: Uint8Array | Uint16Array, most: number): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = Math.round(((data[i] as number) * 255) / most);
  return out;
}
