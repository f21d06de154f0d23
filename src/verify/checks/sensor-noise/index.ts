import type { Polygon } from '../../../core/geometry.js';
import { growPolygon } from '../../../imaging/convex.js';
import type { PixelImage } from '../../../core/image.js';
import { lumaOf } from '../../../imaging/luma.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import { resizedPart } from '../../../imaging/resized.js';
import type { Check } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { SENSOR_NOISE } from './declaration.js';
import { peakToCorrelationEnergy } from './correlation.js';
import { freePixels } from './free-pixels.js';
import { noiseResidual } from './noise-residual.js';
import { cut, type Plane } from './plane.js';
import { registered, type Window } from './registration.js';

const { id: ID } = SENSOR_NOISE;
/** Longest side, in pixels, of the part in the middle that is compared. */
const MOST_SIDE = 1024;
/** Pixels needed outside redactions: with fewer, only a correlation above √(CHANCE_LIMIT ÷ pixels), 0.043, stands out. */
const LEAST_PIXELS = 16_384;
/** How far around that part registration may need pixels: it moves the source by a few. */
const SURROUNDINGS = 64;
/** How far the smooth edge of a redaction reaches into the residual around it, in pixels. */
const MARGIN = 8;
/** How far the residuals are shifted against one another. */
export const MOST_SHIFT = 16;
/** Half-side of the square for a residual's standard deviation, and at how many of these the residual is cut off. */
const AROUND = 8;
const CLIP = 3;
/** Standard deviation in grey levels below which a residual is rounding: a drawing, a blank. */
const QUIET = 0.05;
/**
 * Unrelated noise exceeds this peak-to-correlation energy with a chance below 1 in 10,000. Its root is 5.45; a standard
 * normal exceeds that with 2.5e-8; at any of 33 × 33 shifts, and as many half shifts between them, with 5.5e-5.
 */
export const CHANCE_LIMIT = 29.7;
/**
 * The largest part of a photo's noise that is its camera's fingerprint, as a correlation. An assumption, and too low
 * for a strong fingerprint: docs/sensor-noise.md. Energies grow with its square.
 */
const FINGERPRINT = 0.2;
/** Energy against the source itself at which a search for its camera would just fail; see docs/sensor-noise.md. */
export const LIMIT = Math.round(CHANCE_LIMIT / FINGERPRINT ** 2);
/** Correlation of the two photos, coarsely sampled, below which they do not show the same scene in the same place. */
const SAME_PLACE = 0.8;
/** Side of the squares whose means are compared for `SAME_PLACE`. */
const COARSE = 16;

/**
 * Whether the fingerprint of the camera (Lukáš, Fridrich and Goljan 2006) could still be found in the written photo.
 * The fine detail of the source is laid over that of the photo by the best shift, scale, rotation and shear, and the
 * two are correlated. They share all of it, scene and noise; two photos of one camera share only its fingerprint. So
 * `found` does not mean any correlation, but one so strong that the fingerprint's share of it would stand out from
 * chance. Of an animation only the first frame is examined.
 */
export const sensorNoise: Check = {
  id: ID,
  async run(subject) {
    const { cropped, output, redactions } = subject;
    if (!output) return notDecoded(ID, subject);
    const [before, after] = [cropped.frames[0]?.pixels, output.frames[0]?.pixels];
    const polygons = (redactions[0] ?? []).map(({ polygon }) => polygon);
    const energy = before && after ? await noiseInCommon(before, after, polygons) : 'no-frame';
    if (typeof energy === 'string') {
      const details = { id: `sensor-noise/${energy}`, values: {} } as const;
      return { check: ID, status: 'could-not-tell', details };
    }
    const values = { energy: Math.round(energy), limit: LIMIT };
    return energy > LIMIT
      ? { check: ID, status: 'found', details: { id: 'sensor-noise/tells-camera', values } }
      : { check: ID, status: 'not-found', details: { id: 'sensor-noise/below-limit', values } };
  },
};

/**
 * The peak-to-correlation energy of the noise residuals of two photos in their middle, after registration.
 * @param polygons in pixels of `after`; what they cover is not compared
 * @returns 'not-registered' when the two cannot be compared
 */
export async function noiseInCommon(
  before: PixelImage,
  after: PixelImage,
  polygons: readonly Polygon[],
): Promise<number | 'not-registered'> {
  const { width, height } = after;
  const middle: Window = {
    width: Math.min(width, MOST_SIDE),
    height: Math.min(height, MOST_SIDE),
    x: Math.max(0, (width - MOST_SIDE) >> 1),
    y: Math.max(0, (height - MOST_SIDE) >> 1),
  };
  // Of a large photo nothing is needed beyond what registration may reach.
  const around = grown(middle, { width, height });
  const window: Window = { ...middle, x: middle.x - around.x, y: middle.y - around.y };
  const free = freePixels(
    polygons.map((polygon) =>
      growPolygon(polygon, MARGIN).map(([x, y]) => [x - around.x, y - around.y] as const),
    ),
    around.width,
    around.height,
  );
  const part = (plane: Plane) => cut(plane, window.x, window.y, window.width, window.height);
  const mask = maskIn(window, free, around.width);
  let compares = 0;
  for (let p = 0; p < mask.length; p++) compares += mask[p] as number;
  if (compares < LEAST_PIXELS) return 0;
  const written = await lumaAt(after, { width, height }, around);
  const source = await lumaAt(before, { width, height }, around);
  const aligned = registered(source, written, window, free) ?? part(source);
  const compared = part(written);
  if (coarseCorrelation(aligned, compared, mask) < SAME_PLACE) {
    return 'not-registered';
  }
  const residual = (plane: Plane) => levelled(noiseResidual(plane), mask);
  return peakToCorrelationEnergy(residual(aligned), residual(compared), MOST_SHIFT);
}

/** How well the means of all compared squares correlate; 1 when there is no contrast to compare. */
function coarseCorrelation(a: Plane, b: Plane, mask: Uint8Array): number {
  const pairs: (readonly [number, number])[] = [];
  for (let y = 0; y + COARSE <= a.height; y += COARSE) {
    next: for (let x = 0; x + COARSE <= a.width; x += COARSE) {
      let [p, q] = [0, 0];
      for (let v = y; v < y + COARSE; v++) {
        for (let at = v * a.width + x; at < v * a.width + x + COARSE; at++) {
          if (mask[at] === 0) continue next;
          p += a.data[at] as number;
          q += b.data[at] as number;
        }
      }
      pairs.push([p / COARSE ** 2, q / COARSE ** 2]);
    }
  }
  const mean = (value: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + value(pair), 0) / pairs.length;
  const [ma, mb] = [mean(([p]) => p), mean(([, q]) => q)];
  const [va, vb] = [mean(([p]) => (p - ma) ** 2), mean(([, q]) => (q - mb) ** 2)];
  // Below one grey level of contrast there is no scene to tell the two apart.
  if (!(va > 1 && vb > 1)) return Math.abs(ma - mb) < 8 || pairs.length === 0 ? 1 : 0;
  return mean(([p, q]) => (p - ma) * (q - mb)) / Math.sqrt(va * vb);
}

/**
 * A residual in which every part counts the same, as a fingerprint is everywhere and a scene's detail is not: divided
 * by the standard deviation around each pixel, outliers cut off; 0 where nothing is compared or there is only rounding.
 */
function levelled({ width, height, data }: Plane, mask: Uint8Array): Plane {
  const out = new Float32Array(data.length);
  // Per column, over the rows around: the sum of squares, and how many there are. Beyond either border there are none.
  const squares = new Float64Array(width + 2 * AROUND + 1);
  const counts = new Float64Array(width + 2 * AROUND + 1);
  const take = (y: number, sign: 1 | -1) => {
    if (y < 0 || y >= height) return;
    for (let x = 0, p = y * width, c = AROUND + 1; x < width; x++, p++, c++) {
      const value = data[p] as number;
      const share = sign * (mask[p] as number);
      squares[c] = (squares[c] as number) + share * value * value;
      counts[c] = (counts[c] as number) + share;
    }
  };
  for (let y = 0; y < AROUND; y++) take(y, 1);
  for (let y = 0; y < height; y++) {
    take(y + AROUND, 1);
    take(y - AROUND - 1, -1);
    let sum = 0;
    let count = 0;
    for (let c = 0; c < 2 * AROUND + 1; c++) {
      sum += squares[c] as number;
      count += counts[c] as number;
    }
    for (let x = 0, p = y * width; x < width; x++, p++) {
      sum += (squares[x + 2 * AROUND + 1] as number) - (squares[x] as number);
      count += (counts[x + 2 * AROUND + 1] as number) - (counts[x] as number);
      const deviation = Math.sqrt(sum / count);
      if (mask[p] === 0 || !(deviation > QUIET)) continue;
      out[p] = Math.min(CLIP, Math.max(-CLIP, (data[p] as number) / deviation));
    }
  }
  return { width, height, data: out };
}

/** The part of a mask `across` pixels wide that lies in the window. */
function maskIn({ x, y, width, height }: Window, free: Uint8Array, across: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let v = 0; v < height; v++) {
    const from = (y + v) * across + x;
    mask.set(free.subarray(from, from + width), v * width);
  }
  return mask;
}

function grown({ x, y, width, height }: Window, photo: Size): Window {
  const [left, top] = [Math.max(0, x - SURROUNDINGS), Math.max(0, y - SURROUNDINGS)];
  return {
    x: left,
    y: top,
    width: Math.min(photo.width, x + width + SURROUNDINGS) - left,
    height: Math.min(photo.height, y + height + SURROUNDINGS) - top,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The luma of a part of an image, after the image is brought to a size. */
async function lumaAt(image: PixelImage, { width, height }: Size, part: Window): Promise<Plane> {
  const [version = image] = visibleVersions(image);
  const hasThatSize = version.width === width && version.height === height;
  const shown = hasThatSize ? version : await resizedPart(version, width, height, part);
  const [left, top] = hasThatSize ? [part.x, part.y] : [0, 0];
  const data = new Float32Array(part.width * part.height);
  for (let y = 0, to = 0; y < part.height; y++) {
    const from = (top + y) * shown.width + left;
    for (let x = 0; x < part.width; x++) data[to++] = lumaOf(shown, from + x);
  }
  return { width: part.width, height: part.height, data };
}
