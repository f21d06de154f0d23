import type { Detection, Redaction } from '../core/detection.js';
import { boundingBox, boxesOverlap, type Box, type Point, type Polygon } from '../core/geometry.js';
import { clipToBox, growPolygon } from '../imaging/convex.js';
import type { DecodedImage, Frame, PixelImage } from '../core/image.js';
import { resized, shrunkBy } from '../imaging/resized.js';
import { cropAroundKeep } from './crop-hint.js';
import { cropImage, moveIntoCrop } from './crop.js';
import { LEAST_SCALE, mapPolygon, planResampling, resultOf } from './irregular-resampling.js';
import { measureLengths, type Lengths } from './lengths.js';
import { resample } from './resample.js';
import { rulerArea } from './ruler-area.js';

export { cropAroundKeep, goneByCrop } from './crop-hint.js';

/** The geometry in which a photo is published. */
export interface FitPolicy {
  /** Longer side, in pixels; a larger photo is shrunk. */
  readonly maxSide?: number;
  /** What shrinking leaves of the shorter side at least, in pixels, though the longer one may then exceed its limit. */
  readonly leastSide: number;
  /** Resamples irregularly, so that the sensor's noise no longer identifies the camera. */
  readonly suppressesNoise: boolean;
  /**
   * Regions in upright pixels; the photo is cropped to them and their surroundings, or stays whole when there are none.
   */
  readonly cropAround: readonly Box[];
  /** Kept regions, in upright pixels. */
  readonly keep: readonly Box[];
  /** Whether a ruler is to stay: then lengths in the kept regions, too, keep their proportion to a percent. */
  readonly keepsRuler: boolean;
}

/** What is moved along with the pixels. */
export interface Overlays {
  /** Per frame. */
  readonly detections: readonly (readonly Detection[])[];
  /** Per frame. */
  readonly redactions: readonly (readonly Redaction[])[];
}

export interface FittedImage extends Overlays {
  readonly image: DecodedImage;
  /** The part of the source that is published, at the source's own size. */
  readonly cropped: DecodedImage;
  /** Pixels of the result per pixel of the source, along one side; for the first frame. */
  readonly scale: number;
  /** What a length in the straight regions, or anywhere without any, is worth; for the first frame. */
  readonly lengths: Lengths;
}

/** One change of geometry. What lay inside a polygon lies inside the moved polygon, undefined when nothing is left. */
interface Move {
  /** Pixels after the move per pixel before it, along one side. */
  readonly scale: number;
  readonly isCrop?: true;
  pixels(image: PixelImage): PixelImage | Promise<PixelImage>;
  point(point: Point): Point;
  polygon(polygon: Polygon): Polygon | undefined;
}

/**
 * Crops, shrinks and resamples a photo for its destination, and moves its overlays along. Frames of one size are all
 * moved in the same way, so that an animation does not shake.
 * @param random uniform in [0, 1), for the irregular resampling
 */
export async function fitImage(
  source: DecodedImage,
  overlays: Overlays,
  policy: FitPolicy,
  random: () => number,
): Promise<FittedImage> {
  const movesBySize = new Map<string, readonly Move[]>();
  const frames: Frame[] = [];
  const croppedFrames: Frame[] = [];
  const detections: Detection[][] = [];
  const redactions: Redaction[][] = [];
  let scale: number | undefined;
  let lengths: Lengths | undefined;
  for (const [i, frame] of source.frames.entries()) {
    const { width, height } = frame.pixels;
    const size = `${width}x${height}`;
    let moves = movesBySize.get(size);
    if (!moves) {
      const straight = straightIn({ width, height }, source, overlays, policy);
      const planned = planMoves(width, height, policy, straight, random);
      lengths ??= measureLengths(straight.length > 0 ? straight : [{ x: 0, y: 0, width, height }], (point) =>
        planned.reduce((p, move) => move.point(p), point),
      );
      moves = planned;
      movesBySize.set(size, moves);
    }
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
    const moved = <T extends Detection | Redaction>(overlay: T): T[] => {
      const polygon = moves.reduce<Polygon | undefined>((p, move) => p && move.polygon(p), overlay.polygon);
      return polygon ? [{ ...overlay, polygon, box: boundingBox(polygon) }] : [];
    };
    // What was seen inside a face is for planning, which is done.
    detections.push((overlays.detections[i] ?? []).flatMap(({ anatomy: _, ...seen }) => moved(seen)));
    redactions.push(
      (overlays.redactions[i] ?? []).flatMap(moved).flatMap((overlay) => clipped(overlay, whole)),
    );
  }
  return {
    image: { ...source, frames },
    cropped: { ...source, frames: croppedFrames },
    scale: scale ?? 1,
    lengths: lengths ?? { scale: 1, error: 0 },
    detections,
    redactions,
  };
}

/** Where lengths are to be measured in the frames of a size, which are moved alike. */
function straightIn(
  size: Size,
  { frames }: DecodedImage,
  { detections }: Overlays,
  { keep, keepsRuler }: FitPolicy,
): Box[] {
  const alike = frames.flatMap(({ pixels }, i) =>
    pixels.width === size.width && pixels.height === size.height ? [detections[i] ?? []] : [],
  );
  const rulers = alike.flatMap((seen) => rulerArea(seen, keepsRuler) ?? []);
  const measured = keep.filter((box) => keepsRuler || rulers.some((ruler) => boxesOverlap(ruler, box)));
  return [...measured, ...rulers].flatMap((box) => inside(box, size) ?? []);
}

function clipped(overlay: Redaction, whole: Box): Redaction[] {
  const polygon = clipToBox(overlay.polygon, whole);
  return polygon.length < 3 ? [] : [{ ...overlay, polygon, box: boundingBox(polygon) }];
}

/** The whole photo, shrunk if need be to at most `times` the scale at which it is published, along one side. */
export function asPublished(image: PixelImage, policy: FitPolicy, times: number): Promise<PixelImage> {
  return shrunkBy(image, publishedScale(image, policy, times));
}

/**
 * The scale at which a photo of that size is at most `times` as large as when published, 0–1, along one side; without
 * the irregular resampling, which takes off a few percent more.
 */
export function publishedScale(size: Size, policy: FitPolicy, times: number): number {
  return Math.min(1, times * shrinkage(cropAroundKeep(policy.cropAround, size) ?? size, policy));
}

function shrinkage({ width, height }: Size, policy: FitPolicy): number {
  const { maxSide = Infinity, leastSide, suppressesNoise } = policy;
  // The irregular resampling takes off some more.
  const least = suppressesNoise ? leastSide / LEAST_SCALE : leastSide;
  return Math.min(1, Math.max(maxSide / Math.max(width, height), least / Math.min(width, height)));
}

function planMoves(
  width: number,
  height: number,
  policy: FitPolicy,
  straight: readonly Box[],
  random: () => number,
): Move[] {
  const moves: Move[] = [];
  let size = { width, height };
  const crop = cropAroundKeep(policy.cropAround, { width, height });
  if (crop) {
    moves.push({
      scale: 1,
      isCrop: true,
      pixels: (image) => cropImage(image, crop),
      point: ([x, y]) => [x - crop.x, y - crop.y],
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
    const here = straight.flatMap((box) => inside(movedBox(box, moves), size) ?? []);
    const resampling = planResampling(size.width, size.height, random, here);
    moves.push({
      scale: resampling.width / size.width,
      pixels: (image) => resample(image, resampling),
      point: (point) => resultOf(point, resampling),
      polygon: (polygon) => mapPolygon(polygon, resampling),
    });
  }
  return moves;
}

function movedBox({ x, y, width, height }: Box, moves: readonly Move[]): Box {
  const move = (point: Point) => moves.reduce((p, step) => step.point(p), point);
  const [[left, top], [right, bottom]] = [move([x, y]), move([x + width, y + height])];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function inside(box: Box, { width, height }: Size): Box | undefined {
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  return right > left && bottom > top
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function side(length: number): number {
  return Math.max(1, Math.round(length));
}

/** Pixels added around a polygon: a pixel of the smaller photo is also mixed from pixels beyond its own area. */
const SHRINKING_MARGIN = 1;

function shrinking(from: Size, to: Size): Move {
  const [sx, sy] = [to.width / from.width, to.height / from.height];
  return {
    scale: sx,
    pixels: (image) => resized(image, to.width, to.height),
    point: ([x, y]) => [x * sx, y * sy],
    polygon: (polygon) =>
      growPolygon(
        polygon.map(([x, y]) => [x * sx, y * sy] as const),
        SHRINKING_MARGIN,
      ),
  };
}
