import { growPolygon, type Polygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { lumaOf } from '../../../core/luma.js';
import { visibleVersions } from '../../../core/visible-versions.js';
import { resizedPart } from '../../../inference/resized.js';
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
  const mask = part({ ...around, data: new Float32Array(free) }).data;
  if (mask.reduce((sum, v) => sum + v, 0) < LEAST_PIXELS) return 0;
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
function coarseCorrelation(a: Plane, b: Plane, mask: Float32Array): number {
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
function levelled({ width, height, data }: Plane, mask: Float32Array): Plane {
  const sums = new Float64Array((width + 1) * (height + 1));
  const counts = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let [sum, count] = [0, 0];
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      sum += (data[p] as number) ** 2 * (mask[p] as number);
      count += mask[p] as number;
      const at = (y + 1) * (width + 1) + x + 1;
      sums[at] = (sums[at - width - 1] as number) + sum;
      counts[at] = (counts[at - width - 1] as number) + count;
    }
  }
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - AROUND) * (width + 1);
    const bottom = Math.min(height, y + AROUND + 1) * (width + 1);
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (mask[p] === 0) continue;
      const left = Math.max(0, x - AROUND);
      const right = Math.min(width, x + AROUND + 1);
      const sum = inRectangle(sums, top, bottom, left, right);
      const deviation = Math.sqrt(sum / inRectangle(counts, top, bottom, left, right));
      if (deviation > QUIET) out[p] = Math.min(CLIP, Math.max(-CLIP, (data[p] as number) / deviation));
    }
  }
  return { width, height, data: out };
}

/** From a table of sums of all that lies above and to the left. @param top, bottom beginnings of rows of the table */
function inRectangle(table: Float64Array, top: number, bottom: number, left: number, right: number): number {
  return (
    (table[bottom + right] as number) -
    (table[bottom + left] as number) -
    (table[top + right] as number) +
    (table[top + left] as number)
  );
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
  const shown = await resizedPart(version, width, height, part);
  const data = new Float32Array(part.width * part.height);
  for (let p = 0; p < data.length; p++) data[p] = lumaOf(shown, p);
  return { width: part.width, height: part.height, data };
}
