import type { Polygon } from '../../../core/geometry.js';
import { growPolygon } from '../../../imaging/convex.js';
import type { PixelImage } from '../../../core/image.js';
import { lumaOf } from '../../../imaging/luma.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import { resizedPart } from '../../../imaging/resized.js';
import type { Check } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { peakToCorrelationEnergy } from './correlation.js';
import { freePixels } from './free-pixels.js';
import { noiseResidual } from './noise-residual.js';
import { cut, type Plane } from './plane.js';
import { registered, type Window } from './registration.js';

const ID = 'sensor-noise';
/** Longest side of the part in the middle that is compared, in pixels. */
const MOST_SIDE = 1024;
/** Of the part, outside redactions; of fewer pixels no fingerprint's correlation stands out, for nobody: 0.045 at most. */
const LEAST_PIXELS = 16_384;
/** Around the part, what registration may reach: it moves by a few pixels. */
const SURROUNDINGS = 64;
/** Around a redaction its smooth edge reaches into the residual. */
const MARGIN = 8;
/** How far the residuals are shifted against one another. */
export const MOST_SHIFT = 16;
/** Half-side of the square over which a residual's standard deviation is taken, and at how many of them it is cut off. */
const AROUND = 8;
const CLIP = 3;
/** Standard deviation in grey levels below which a residual is rounding: a drawing, a blank. */
const QUIET = 0.05;
/**
 * Peak-to-correlation energy that unrelated noise exceeds with a chance below 1 in 10,000: a standard normal exceeds 5.45,
 * its root, with 2.5e-8, at any of 33 × 33 shifts, and twice as many with the half ones between them, with 5.5e-5.
 */
export const CHANCE_LIMIT = 29.7;
/**
 * How much of a photo's noise is its camera's fingerprint at most, as a correlation. An assumption, and too low for a
 * strong fingerprint: docs/sensor-noise.md. Energies go with its square.
 */
const FINGERPRINT = 0.2;
/** Energy against the very source at which a search for its camera would just fail; see docs/sensor-noise.md. */
export const LIMIT = Math.round(CHANCE_LIMIT / FINGERPRINT ** 2);
/** Correlation of the two photos, coarsely, below which they do not lie on one another. */
const SAME_PLACE = 0.8;
/** Side of the squares whose means are compared for that. */
const COARSE = 16;

/**
 * Whether the fingerprint of the camera (Lukáš, Fridrich and Goljan 2006) could still be found in the written photo. The
 * fine detail of photo and source is laid on one another by the best shift, scale, rotation and shear and correlated. The
 * two share all of it, scene and noise; two photos of one camera share only its fingerprint. So `found` is not any
 * correlation, but one so strong that the fingerprint's share of it would stand out from chance.
 * Of an animation, its first frame.
 */
export const sensorNoise: Check = {
  id: ID,
  async run(subject) {
    const { cropped, output, redactions } = subject;
    if (!output) return notDecoded(ID, subject);
    const [before, after] = [cropped.frames[0]?.pixels, output.frames[0]?.pixels];
    const polygons = (redactions[0] ?? []).map(({ polygon }) => polygon);
    const energy =
      before && after ? await noiseInCommon(before, after, polygons) : 'There is no frame to compare';
    if (typeof energy === 'string') return { check: ID, status: 'could-not-tell', details: energy };
    const figure = `peak-to-correlation energy ${energy.toFixed(0)}, limit ${LIMIT}`;
    return energy > LIMIT
      ? { check: ID, status: 'found', details: `The noise of the sensor can tell the camera (${figure})` }
      : {
          check: ID,
          status: 'not-found',
          details: `The noise of the sensor stays below the limit, which does not rule out that it tells the camera (${figure})`,
        };
  },
};

/**
 * The peak-to-correlation energy of the noise residuals of two photos in their middle, after registration.
 * @param polygons in pixels of `after`, not compared
 * @returns in words, why they cannot be compared
 */
export async function noiseInCommon(
  before: PixelImage,
  after: PixelImage,
  polygons: readonly Polygon[],
): Promise<number | string> {
  const { width, height } = after;
  const middle: Window = {
    width: Math.min(width, MOST_SIDE),
    height: Math.min(height, MOST_SIDE),
    x: Math.max(0, (width - MOST_SIDE) >> 1),
    y: Math.max(0, (height - MOST_SIDE) >> 1),
  };
  // Of the rest of a large photo nothing is needed but what registration may reach.
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
  for (const value of mask) compares += value;
  if (compares < LEAST_PIXELS) return 0;
  const written = await lumaAt(after, { width, height }, around);
  const source = await lumaAt(before, { width, height }, around);
  const aligned = registered(source, written, window, free) ?? part(source);
  const compared = part(written);
  if (coarseCorrelation(aligned, compared, mask) < SAME_PLACE) {
    return 'The written photo could not be laid on the original: their noise was not compared';
  }
  const residual = (plane: Plane) => levelled(noiseResidual(plane), mask);
  return peakToCorrelationEnergy(residual(aligned), residual(compared), MOST_SHIFT);
}

/** Of the means of squares that are compared as a whole; 1 when there is no contrast to compare. */
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
  // Below one grey level of contrast there is no scene that could tell.
  if (!(va > 1 && vb > 1)) return Math.abs(ma - mb) < 8 || pairs.length === 0 ? 1 : 0;
  return mean(([p, q]) => (p - ma) * (q - mb)) / Math.sqrt(va * vb);
}

/**
 * A residual of which every part counts the same, as a fingerprint is everywhere and a scene's detail is not: divided by its
 * standard deviation around, without outliers; 0 where nothing is to be compared or nothing is but rounding.
 */
function levelled({ width, height, data }: Plane, mask: Uint8Array): Plane {
  const out = new Float32Array(data.length);
  // For each column, of the rows around: the squares, and how many there are. Beyond either border there are none.
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

/** The window of a mask of that width. */
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

/** The luma of a part of an image that is brought to a size. */
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
