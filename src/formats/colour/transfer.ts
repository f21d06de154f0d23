import type { ColourSpace, Transfer } from './colour-space.js';

/** Luminance of diffuse white in HDR pictures, in cd/m² (ITU-R BT.2408-7, 2.2). */
export const DIFFUSE_WHITE = 203;
/** Luminance of the screen for which HLG is defined here, in cd/m², and its system gamma (BT.2100-2, table 5). */
export const HLG_PEAK = 1000;
export const HLG_SYSTEM_GAMMA = 1.2;

/**
 * Linear light for every stored number from 0 to `most`; 1 is white, diffuse white for PQ. HLG gives light of the
 * scene, 0–1, which needs the system gamma as well.
 */
export function linearLight({ transfer, isNarrow }: ColourSpace, most: number): Float32Array {
  const step = (most + 1) / 256;
  const signal = isNarrow
    ? (v: number) => Math.max(0, (v - 16 * step) / (219 * step))
    : (v: number) => v / most;
  return Float32Array.from({ length: most + 1 }, (_, v) => toLinear(signal(v), transfer));
}

function toLinear(v: number, transfer: Transfer): number {
  switch (transfer) {
    case 'linear':
      return v;
    case 'srgb':
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    case 'pq': {
      // SMPTE ST 2084.
      const p = Math.min(1, v) ** (32 / 2523);
      return (
        (10_000 / DIFFUSE_WHITE) * (Math.max(p - 0.8359375, 0) / (18.8515625 - 18.6875 * p)) ** (16384 / 2610)
      );
    }
    case 'hlg':
      return v <= 0.5 ? (v * v) / 3 : (Math.exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12;
    case 'smpte-240m':
      return v < 0.0913 ? v / 4 : ((v + 0.1115) / 1.1115) ** (1 / 0.45);
    case 'smpte-428':
      return (52.37 / 48) * v ** 2.6;
    default:
      return v ** transfer.gamma;
  }
}

/** Light 0–1 → sRGB 0–1 (IEC 61966-2-1). */
export function srgbSignal(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}
