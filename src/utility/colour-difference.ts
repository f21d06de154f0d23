const DEGREES = Math.PI / 180;
const POW_25_7 = 25 ** 7;

/** sRGB 0–255 → linear 0–1 (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, i) => {
  const v = i / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** L* 0–100, a*, b*. */
export type Lab = readonly [l: number, a: number, b: number];

/** CIELAB under D65 of an sRGB colour, each channel 0–255 and whole. */
export function srgbToLab(r: number, g: number, b: number): Lab {
  const [lr, lg, lb] = [LINEAR[r] as number, LINEAR[g] as number, LINEAR[b] as number];
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116);
  const x = f((0.4124564 * lr + 0.3575761 * lg + 0.1804375 * lb) / 0.95047);
  const y = f(0.2126729 * lr + 0.7151522 * lg + 0.072175 * lb);
  const z = f((0.0193339 * lr + 0.119192 * lg + 0.9503041 * lb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * CIEDE2000 colour difference with kL = kC = kH = 1, as implemented by Sharma, Wu and Dalal, "The CIEDE2000
 * color-difference formula: implementation notes, supplementary test data, and mathematical observations",
 * Color Research and Application 30 (2005) 21–30.
 * @returns 0 for equal colours; about 1 is just noticeable
 */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + POW_25_7)));
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];

  let dh = 0;
  if (c1 * c2 !== 0) {
    dh = h2 - h1;
    if (dh > 180) dh -= 360;
    else if (dh < -180) dh += 360;
  }
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * DEGREES);
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  let h = h1 + h2;
  if (c1 * c2 !== 0) {
    if (Math.abs(h1 - h2) <= 180) h /= 2;
    else h = h < 360 ? (h + 360) / 2 : (h - 360) / 2;
  }

  const t =
    1 -
    0.17 * Math.cos((h - 30) * DEGREES) +
    0.24 * Math.cos(2 * h * DEGREES) +
    0.32 * Math.cos((3 * h + 6) * DEGREES) -
    0.2 * Math.cos((4 * h - 63) * DEGREES);
  const theta = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const rc = 2 * Math.sqrt(c ** 7 / (c ** 7 + POW_25_7));
  const rt = -Math.sin(2 * theta * DEGREES) * rc;
  const vl = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const vc = (c2 - c1) / (1 + 0.045 * c);
  const vh = dH / (1 + 0.015 * c * t);
  return Math.sqrt(vl ** 2 + vc ** 2 + vh ** 2 + rt * vc * vh);
}

function hue(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const degrees = Math.atan2(b, a) / DEGREES;
  return degrees < 0 ? degrees + 360 : degrees;
}
