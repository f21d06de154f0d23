import type { PixelImage } from '../core/image.js';
import { lumaOf } from '../imaging/luma.js';
import { ciede2000, srgbToLab } from './colour-difference.js';

/** One byte per pixel, row by row; 1 where a redaction may have painted. */
export type CoverMask = Uint8Array;

/** At most this many pixels are compared; on a grid that depends only on the photo's size. */
const MOST_SAMPLES = 150_000;
/** Side of a window, and the least distance from one window to the next. */
const WINDOW = 8;
const LEAST_STRIDE = 4;
const MOST_WINDOWS = 30_000;
/** Wang, Bovik, Sheikh and Simoncelli 2004: K1 = 0.01, K2 = 0.03. */
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Odd, so that the grid meets every position in the 8-pixel blocks of JPEG, HEIF and WebP: errors gather at their
 * edges.
 */
function oddStep(pixels: number, most: number): number {
  return Math.ceil(Math.sqrt(pixels / most)) | 1;
}

/**
 * Calls `look` with the number of each pixel on a square grid over the image; the grid has about `MOST_SAMPLES` or
 * fewer.
 */
export function forEachSample(
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  look: (pixel: number) => void,
): void {
  const step = oddStep(width * height, MOST_SAMPLES);
  for (let y = 0; y < height; y += step) for (let x = 0; x < width; x += step) look(y * width + x);
}

/**
 * Mean CIEDE2000 over the sampled pixels that are not covered; undefined when all of them are.
 * @param b of the same size as `a`
 */
export function meanColourDifference(a: PixelImage, b: PixelImage, covered: CoverMask): number | undefined {
  let [sum, count] = [0, 0];
  const lab = ({ data, channels }: PixelImage, pixel: number) => {
    const at = pixel * channels;
    return srgbToLab(data[at] as number, data[at + 1] as number, data[at + 2] as number);
  };
  forEachSample(a, (pixel) => {
    if (covered[pixel] !== 0) return;
    count++;
    sum += ciede2000(lab(a, pixel), lab(b, pixel));
  });
  return count === 0 ? undefined : sum / count;
}

/**
 * Mean structural similarity of luma (Wang et al. 2004) over flat-weighted windows of 8 × 8 pixels that hold no covered
 * pixel, on a square grid of about 30,000 or fewer; at most 1, undefined when no window is free.
 * @param b of the same size as `a`
 */
export function meanSsim(a: PixelImage, b: PixelImage, covered: CoverMask): number | undefined {
  const stride = Math.max(LEAST_STRIDE, oddStep(a.width * a.height, MOST_WINDOWS));
  let [sum, windows] = [0, 0];
  for (let y = 0; y + WINDOW <= a.height; y += stride) {
    for (let x = 0; x + WINDOW <= a.width; x += stride) {
      const similarity = windowSsim(a, b, covered, x, y);
      if (similarity === undefined) continue;
      windows++;
      sum += similarity;
    }
  }
  return windows === 0 ? undefined : sum / windows;
}

function windowSsim(
  a: PixelImage,
  b: PixelImage,
  covered: CoverMask,
  left: number,
  top: number,
): number | undefined {
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + WINDOW; y++) {
    for (let x = left; x < left + WINDOW; x++) {
      const pixel = y * a.width + x;
      if (covered[pixel] !== 0) return undefined;
      const [p, q] = [lumaOf(a, pixel), lumaOf(b, pixel)];
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
    }
  }
  const n = WINDOW * WINDOW;
  const [ma, mb] = [sa / n, sb / n];
  const [va, vb, cov] = [saa / n - ma * ma, sbb / n - mb * mb, sab / n - ma * mb];
  return ((2 * ma * mb + C1) * (2 * cov + C2)) / ((ma * ma + mb * mb + C1) * (va + vb + C2));
}
