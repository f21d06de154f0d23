import type { Detection, DetectionKind, FaceFeature } from '../core/detection.js';
import { boundingBox, boxPolygon, type Point, type Polygon } from '../core/geometry.js';
import { convexHull, growPolygon, polygonArea } from '../imaging/convex.js';
import { headPolygon, type HeadShape } from '../imaging/head.js';
import { minAreaRect } from '../imaging/rotated-rect.js';
import type { Extent } from './contract.js';

/**
 * Margin around text, codes and tattoos, in pixels: the soft edge of ink after demosaicing and JPEG; twice that for
 * "wide".
 */
const MARGIN: Readonly<Record<Extent, number>> = { usual: 2, wide: 4 };
/** Margin of a tattoo as a share of its shorter side: fading lines at its border are often missed. */
const TATTOO_MARGIN = 0.05;

/**
 * A line of text is covered from one mark of a grid to another; the marks are this many of its heights apart. Its own
 * ends would tell how long a name is (docs/covered-regions.md). The grid is fixed in the photo, because lines often
 * start or end in one column.
 */
const LINE_STEP = 2;
/** A line is at least this many times as long as high; anything shorter is a letter or two, or no text at all. */
const SHORTEST_LINE = 2;
/** Margin of a feature as a share of its shorter side; more around an eye, as its brow often sticks out. */
const FEATURE_MARGIN: Readonly<Record<FaceFeature, number>> = { eye: 0.3, nose: 0.2, mouth: 0.2, ear: 0.2 };

/** Wide margins as shares of the shorter side, at whatever angle; for a line of text that is its height. */
const WIDE_MARGIN: Readonly<Record<Exclude<DetectionKind, 'face'>, number>> = {
  // For ink that has faded into the skin.
  tattoo: 0.2,
  // For tails, accents, and a letter beside the line.
  text: 0.4,
  // For the quiet zone of a small QR code.
  code: 0.2,
};

/**
 * A head with hair, ears and the top of the neck. With ears, a head is 1.4 times as wide as its face, and hair stands
 * out further. Above the hairline, a third of the face's height and the hair on top are covered; below the chin, half
 * of the face's height is neck. Hair that falls on the shoulders is not reached.
 */
export const WHOLE_HEAD: HeadShape = { width: 2, height: 2.2, shiftUp: 0.1 };

/**
 * The convex polygon that has to be covered for a detection to be unrecognisable; always holds the detection's box
 * (a face) or polygon (everything else). May reach beyond the image.
 */
export function growDetection(detection: Detection, extent: Extent): Polygon {
  if (detection.feature) {
    const share = FEATURE_MARGIN[detection.feature];
    const { width, height } = boundingBox(detection.polygon);
    return growPolygon(detection.polygon, Math.max(MARGIN.wide, share * Math.min(width, height)));
  }
  if (detection.kind === 'face') {
    const face = boundingBox([...boxPolygon(detection.box), ...detection.polygon]);
    return extent === 'wide' ? headPolygon(face, WHOLE_HEAD) : headPolygon(face);
  }
  const usual = usualMargin(detection);
  const margin = extent === 'wide' ? Math.max(usual, wideMargin(detection)) : usual;
  const grown = growPolygon(detection.polygon, margin);
  return detection.kind === 'text' ? toFullSteps(detection.polygon, grown) : grown;
}

/**
 * Lengthens a line's cover to full steps along the line; its height is rounded to a power of two, as tails change it.
 */
function toFullSteps(line: Polygon, grown: Polygon): Polygon {
  if (polygonArea(line) === 0) return grown;
  const { axis, length, breadth } = minAreaRect(line);
  const height = Math.min(length, breadth);
  if (Math.max(length, breadth) < SHORTEST_LINE * height) return grown;
  const along: Point = length >= breadth ? axis : [-axis[1], axis[0]];
  const step = LINE_STEP * 2 ** Math.round(Math.log2(height));
  const across: Point = [-along[1], along[0]];
  const places = grown.map(([x, y]) => x * along[0] + y * along[1]);
  const sides = grown.map(([x, y]) => x * across[0] + y * across[1]);
  const [start, end] = [Math.floor(Math.min(...places) / step), Math.ceil(Math.max(...places) / step)];
  const [top, bottom] = [Math.min(...sides), Math.max(...sides)];
  const at = (u: number, v: number): Point => [u * along[0] + v * across[0], u * along[1] + v * across[1]];
  return convexHull([
    ...grown,
    at(start * step, top),
    at(end * step, top),
    at(end * step, bottom),
    at(start * step, bottom),
  ]);
}

function usualMargin({ kind, polygon }: Detection): number {
  const { width, height } = boundingBox(polygon);
  const share = kind === 'tattoo' ? TATTOO_MARGIN : 0;
  return Math.max(MARGIN.usual, share * Math.min(width, height));
}

function wideMargin({ kind, polygon }: Detection): number {
  if (kind === 'face' || polygonArea(polygon) === 0) return MARGIN.wide;
  const { length, breadth } = minAreaRect(polygon);
  return Math.max(MARGIN.wide, WIDE_MARGIN[kind] * Math.min(length, breadth));
}
