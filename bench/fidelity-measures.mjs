import { ciede2000, srgbToLab } from './colour-difference.mjs';

/**
 * @typedef {{ width: number, height: number, data: Uint8Array }} Rgb interleaved sRGB, 3 × 8 bits
 * @typedef {Uint8Array} Covered one byte per pixel, 1 where a redaction may have painted
 */

/**
 * Pixels that a convex polygon or its one-pixel border holds; generous, so that no painted pixel is measured.
 * @param {readonly (readonly (readonly [number, number])[])[]} polygons
 * @returns {Covered}
 */
export function coveredPixels(polygons, width, height) {
  const covered = new Uint8Array(width * height);
  for (const polygon of polygons) {
    for (let y = 0; y < height; y++) {
      // The extent over a band of three rows: of the corners in it and of the edges where they cross its borders.
      const [top, bottom] = [y - 1, y + 2];
      let [low, high] = [Infinity, -Infinity];
      const add = (x) => ([low, high] = [Math.min(low, x), Math.max(high, x)]);
      polygon.forEach(([qx, qy], i) => {
        const [px, py] = polygon[(i + polygon.length - 1) % polygon.length];
        if (qy >= top && qy <= bottom) add(qx);
        for (const at of [top, bottom]) {
          if (py < at !== qy < at) add(px + ((at - py) / (qy - py)) * (qx - px));
        }
      });
      const first = Math.max(0, Math.floor(low) - 1);
      const last = Math.min(width, Math.ceil(high) + 1);
      if (last > first) covered.fill(1, y * width + first, y * width + last);
    }
  }
  return covered;
}

/**
 * Mean CIEDE2000 over the pixels that are not covered.
 * @param {Rgb} a
 * @param {Rgb} b of the same size
 * @param {Covered} covered
 * @returns {number} NaN when all is covered
 */
export function meanColourDifference(a, b, covered) {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < covered.length; i++) {
    if (covered[i]) continue;
    const at = i * 3;
    count++;
    sum += ciede2000(
      srgbToLab(a.data[at], a.data[at + 1], a.data[at + 2]),
      srgbToLab(b.data[at], b.data[at + 1], b.data[at + 2]),
    );
  }
  return sum / count;
}

/**
 * Mean structural similarity of luma (Wang, Bovik, Sheikh and Simoncelli 2004, K1 = 0.01, K2 = 0.03) over 8 × 8 windows
 * every 4 pixels, flat-weighted, that hold no covered pixel.
 * @param {Rgb} a
 * @param {Rgb} b of the same size
 * @param {Covered} covered
 * @returns {number} at most 1; NaN when no window is free
 */
export function meanSsim(a, b, covered) {
  const luma = ({ data }, i) => 0.299 * data[i * 3] + 0.587 * data[i * 3 + 1] + 0.114 * data[i * 3 + 2];
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let total = 0;
  let windows = 0;
  for (let y = 0; y + 8 <= a.height; y += 4) {
    next: for (let x = 0; x + 8 <= a.width; x += 4) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let v = y; v < y + 8; v++) {
        for (let u = x; u < x + 8; u++) {
          const i = v * a.width + u;
          if (covered[i]) continue next;
          const [p, q] = [luma(a, i), luma(b, i)];
          sa += p;
          sb += q;
          saa += p * p;
          sbb += q * q;
          sab += p * q;
        }
      }
      const [ma, mb] = [sa / 64, sb / 64];
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb];
      total += ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
      windows++;
    }
  }
  return total / windows;
}
