// The measures of src/utility for scripts that hold plain RGB. Needs the built package (`npm run build`).
import * as fidelity from '../dist/utility/fidelity.js';

/**
 * @typedef {{ width: number, height: number, data: Uint8Array }} Rgb interleaved sRGB, 3 × 8 bits
 * @typedef {Uint8Array} Covered one byte per pixel, 1 where a redaction may have painted
 */

const asPixels = (/** @type {Rgb} */ { width, height, data }) => ({ width, height, channels: 3, data });

/**
 * Mean CIEDE2000 over sampled pixels that are not covered.
 * @param {Rgb} a
 * @param {Rgb} b of the same size
 * @param {Covered} covered
 * @returns {number} NaN when all is covered
 */
export function meanColourDifference(a, b, covered) {
  return fidelity.meanColourDifference(asPixels(a), asPixels(b), covered) ?? NaN;
}

/**
 * Mean structural similarity of luma over sampled windows that hold no covered pixel.
 * @param {Rgb} a
 * @param {Rgb} b of the same size
 * @param {Covered} covered
 * @returns {number} at most 1; NaN when no window is free
 */
export function meanSsim(a, b, covered) {
  return fidelity.meanSsim(asPixels(a), asPixels(b), covered) ?? NaN;
}
