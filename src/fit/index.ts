import type { Detection, Redaction } from '../core/detection.js';
import { boundingBox, type Box, type Polygon } from '../core/geometry.js';
import { clipToBox, growPolygon } from '../imaging/convex.js';
import type { DecodedImage, Frame, PixelImage } from '../core/image.js';
import { resized, shrunkBy } from '../imaging/resized.js';
import { cropAroundKeep } from './crop-hint.js';
import { cropImage, moveIntoCrop } from './crop.js';
import { mapPolygon, planResampling, resample } from './irregular-resampling.js';

export { cropAroundKeep, goneByCrop } from './crop-hint.js';

/** In which geometry a photo is published. */
export interface FitPolicy {
  /** Longer side, in pixels; a larger photo is shrunk. */
  readonly maxSide?: number;
  /** Resamples irregularly, so that the noise of the sensor no longer tells the camera. */
  readonly suppressesNoise: boolean;
  /** Kept regions in upright pixels of the photo, to which it is cut down with what surrounds them; none: it stays whole. */
  readonly cropAround: readonly Box[];
}

/** What goes along with the pixels. */
export interface Regions {
  /** Per frame. */
  readonly detections: readonly (readonly Detection[])[];
  /** Per frame. */
  readonly redactions: readonly (readonly Redaction[])[];
}

export interface FittedImage extends Regions {
  readonly image: DecodedImage;
  /** The part of the source that is published, at the source's own size. */
  readonly cropped: DecodedImage;
  /** Pixels of the first frame for one pixel of the source, along one side. */
  readonly scale: number;
}

/** One change of geometry. What lay inside a polygon lies inside the moved one; undefined when nothing is left of it. */
interface Move {
  /** Pixels for one pixel before, along one side. */
  readonly scale: number;
  readonly isCrop?: true;
  pixels(image: PixelImage): PixelImage | Promise<PixelImage>;
  polygon(polygon: Polygon): Polygon | undefined;
}

/**
 * Crops, shrinks and resamples a photo for its destination, and moves its regions along. Frames of one size are moved
 * alike, so that an animation does not tremble.
 * @param random uniform in [0, 1), for the irregular resampling
 */
export async function fitImage(
  source: DecodedImage,
  regions: Regions,
  policy: FitPolicy,
  random: () => number,
): Promise<FittedImage> {
  const movesBySize = new Map<string, readonly Move[]>();
  const frames: Frame[] = [];
  const croppedFrames: Frame[] = [];
  const detections: Detection[][] = [];
  const redactions: Redaction[][] = [];
  let scale: number | undefined;
  for (const [i, frame] of source.frames.entries()) {
    const { width, height } = frame.pixels;
    const size = `${width}x${height}`;
    const moves = movesBySize.get(size) ?? planMoves(width, height, policy, random);
    movesBySize.set(size, moves);
    scale ??= moves.reduce((product, move) => product * move.scale, 1);
    let { pixels } = frame;
    let cropped = pixels;
    for (const move of moves) {
      pixels = await move.pixels(pixels);
      if (move.isCrop) cropped = pixels;
    }
    croppedFrames.push({ ...frame, pixels: cropped });
    frames.push({ ...frame, pixels });
    const whole: Box = { x: 0, y: 0, width: pixels.width, height: pixels.height };
    const moved = <T extends Detection | Redaction>(region: T): T[] => {
      const polygon = moves.reduce<Polygon | undefined>((p, move) => p && move.polygon(p), region.polygon);
      return polygon ? [{ ...region, polygon, box: boundingBox(polygon) }] : [];
    };
    detections.push((regions.detections[i] ?? []).flatMap(moved));
    redactions.push((regions.redactions[i] ?? []).flatMap(moved).flatMap((region) => clipped(region, whole)));
  }
  return {
    image: { ...source, frames },
    cropped: { ...source, frames: croppedFrames },
    scale: scale ?? 1,
    detections,
    redactions,
  };
}

function clipped(region: Redaction, whole: Box): Redaction[] {
  const polygon = clipToBox(region.polygon, whole);
  return polygon.length < 3 ? [] : [{ ...region, polygon, box: boundingBox(polygon) }];
}

/** The photo whole, or a copy at most `times` as large as it is published, along one side. */
export function asPublished(image: PixelImage, policy: FitPolicy, times: number): Promise<PixelImage> {
  return shrunkBy(image, publishedScale(image, policy, times));
}

/**
 * How large a photo of that size is at most `times` as large as it is published, 0–1, along one side; without the irregular
 * resampling, which takes some percent more.
 */
export function publishedScale(size: Size, policy: FitPolicy, times: number): number {
  return Math.min(1, times * shrinkage(cropAroundKeep(policy.cropAround, size) ?? size, policy));
}

function shrinkage({ width, height }: Size, { maxSide = Infinity }: FitPolicy): number {
  return Math.min(1, maxSide / Math.max(width, height));
}

function planMoves(width: number, height: number, policy: FitPolicy, random: () => number): Move[] {
  const moves: Move[] = [];
  let size = { width, height };
  const crop = cropAroundKeep(policy.cropAround, { width, height });
  if (crop) {
    moves.push({
      scale: 1,
      isCrop: true,
      pixels: (image) => cropImage(image, crop),
      polygon: (polygon) => moveIntoCrop(polygon, crop),
    });
    size = crop;
  }
  const scale = shrinkage(size, policy);
  if (scale < 1) {
    const smaller = { width: side(size.width * scale), height: side(size.height * scale) };
    moves.push(shrinking(size, smaller));
    size = smaller;
  }
  if (policy.suppressesNoise) {
    const resampling = planResampling(size.width, size.height, random);
    moves.push({
      scale: resampling.width / size.width,
      pixels: (image) => resample(image, resampling),
      polygon: (polygon) => mapPolygon(polygon, resampling),
    });
  }
  return moves;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function side(length: number): number {
  return Math.max(1, Math.round(length));
}

/** What one pixel of the smaller photo is mixed from reaches a pixel further. */
const SHRINKING_MARGIN = 1;

function shrinking(from: Size, to: Size): Move {
  const [sx, sy] = [to.width / from.width, to.height / from.height];
  return {
    scale: sx,
    pixels: (image) => resized(image, to.width, to.height),
    polygon: (polygon) =>
      growPolygon(
        polygon.map(([x, y]) => [x * sx, y * sy] as const),
        SHRINKING_MARGIN,
      ),
  };
}
