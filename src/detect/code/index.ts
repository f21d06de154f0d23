import type { Detection } from '../../core/detection.js';
import { boundingBox, type Box, type Point, type Polygon } from '../../core/geometry.js';
import { isInside, polygonArea } from '../../imaging/convex.js';
import type { PixelImage } from '../../core/image.js';
import { greyOf, greyPart, type GreyImage } from '../../imaging/grey.js';
import { minAreaRect, rectCorners } from '../../imaging/rotated-rect.js';
import {
  CODE_MODEL,
  openCodeReader,
  type CodeLook,
  type CodeReader,
  type SeenCode,
} from '../../models/code-reader.js';
import type { Detector } from '../contract.js';
import { shrunk } from '../../imaging/resized.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import { turnedBy } from '../../imaging/turned.js';
import { contrastAreas } from './contrast-areas.js';

const ID = 'code';
/** Score of a code that was seen but not read: another program may still read it. */
const UNREAD_SCORE = 0.6;
/** For a linear code the reader reports only the scanned lines; least breadth ÷ length to cover. */
const LINEAR_BREADTH = 0.6;
/** Covers the quiet zone and bars that the scan lines missed at the ends; share of the longer side, each way. */
const MARGIN = 0.04;
/** The reader scans along rows and columns: it misses bar codes turned more than some 15 degrees away from them. */
const TURNS = [30, 60] as const;
/** Longer side of a turned copy, in pixels: a choice between time and thin bars, not measured. */
const TURNED_SIDE = 2000;
/** Longer side of the copy in which codes are looked for whose squares are too large for areas of contrast, in pixels. */
const LARGE_CODES_SIDE = 500;

type Size = Pick<PixelImage, 'width' | 'height'>;

/** Finds codes of every kind that the reader knows, whether they are read or only seen. */
export function codeDetector(): Detector {
  return {
    id: ID,
    kind: 'code',
    models: [CODE_MODEL],
    load: async () => [(await openCodeReader()).identity],
    examine: async (image) => {
      const reader = await openCodeReader();
      const found: Detection[] = [];
      for (const version of visibleVersions(image)) {
        for (const code of await readInAllDirections(reader, version)) {
          const polygon = codePolygon(code);
          if (!polygon) continue;
          const score = code.isRead ? 1 : UNREAD_SCORE;
          const seen: Detection = { kind: 'code', box: boundingBox(polygon), polygon, score, detector: ID };
          if (!found.some((known) => liesInside(polygon, known.polygon))) found.push(seen);
        }
      }
      return { detections: found, notExamined: [] };
    },
  };
}

/** Whether one polygon lies inside another: then it is the same code or a part of it. */
function liesInside(polygon: Polygon, other: Polygon): boolean {
  return polygon.every((corner) => isInside(other, corner));
}

/** Something that the reader looks at, and where its points lie in the photo. */
interface View {
  readonly image: GreyImage;
  readonly toPhoto: (point: Point) => Point;
}

/** Codes wherever the contrast suffices, and very large ones anywhere; in pixels of the photo. */
async function readInAllDirections(reader: CodeReader, photo: PixelImage): Promise<SeenCode[]> {
  const small = await shrunk(photo, TURNED_SIDE);
  const grey = greyOf(small);
  const areas = contrastAreas(grey);
  const all = { x: 0, y: 0, width: grey.width, height: grey.height };
  const isWhole = areas.some(({ width, height }) => width === all.width && height === all.height);
  const codes: SeenCode[] = [];
  for (const area of areas) {
    const part = partView(photo, grey, area);
    const full = small === photo ? part : fullView(photo, small, area);
    codes.push(...(await seenIn(reader, full, 'every')));
    // A further chance for damaged codes, which costs little as long as areas are small.
    if (small !== photo && !isWhole) codes.push(...(await seenIn(reader, part, 'every')));
  }
  // A turned area loses damaged codes that are found in the turned whole.
  if (areas.length > 0) codes.push(...(await seenTurned(reader, partView(photo, grey, all))));
  if (!isWhole) {
    const tiny = greyOf(await shrunk(small, LARGE_CODES_SIDE));
    const whole = partView(photo, tiny, { ...tiny, x: 0, y: 0 });
    codes.push(...(await seenIn(reader, whole, 'every')), ...(await seenTurned(reader, whole)));
  }
  return codes;
}

/** A part of a smaller copy of the photo. */
function partView(photo: Size, copy: GreyImage, part: Box): View {
  const [sx, sy] = [photo.width / copy.width, photo.height / copy.height];
  return { image: greyPart(copy, part), toPhoto: ([x, y]) => [(part.x + x) * sx, (part.y + y) * sy] };
}

/** What a part of a smaller copy shows, at the size of the photo. */
function fullView(photo: PixelImage, copy: Size, part: Box): View {
  const [sx, sy] = [photo.width / copy.width, photo.height / copy.height];
  const [x, y] = [Math.floor(part.x * sx), Math.floor(part.y * sy)];
  const width = Math.min(photo.width, Math.ceil((part.x + part.width) * sx)) - x;
  const height = Math.min(photo.height, Math.ceil((part.y + part.height) * sy)) - y;
  return { image: greyOf(photo, { x, y, width, height }), toPhoto: ([px, py]) => [x + px, y + py] };
}

async function seenTurned(reader: CodeReader, { image, toPhoto }: View): Promise<SeenCode[]> {
  const codes: SeenCode[] = [];
  for (const degrees of TURNS) {
    const turned = await turnedBy(image, degrees);
    const view: View = { image: turned.image, toPhoto: (point) => toPhoto(turned.turnBack(point)) };
    codes.push(...(await seenIn(reader, view, 'turned')));
  }
  return codes;
}

async function seenIn(reader: CodeReader, { image, toPhoto }: View, look: CodeLook): Promise<SeenCode[]> {
  const codes = await reader.read(image, look);
  return codes.map(({ corners, isRead }) => ({ corners: corners.map(toPhoto), isRead }));
}

/** What has to be covered for a code; undefined when the reader gives no place. */
function codePolygon({ corners }: SeenCode): Polygon | undefined {
  const { width, height } = boundingBox(corners);
  if (Math.max(width, height) < 2) return undefined;
  // One scan line has no area: widened a little, it gives the rectangle a direction.
  const solid =
    polygonArea(corners) > 0
      ? corners
      : corners.flatMap(([x, y]): Point[] => [
          [x - 0.5, y - 0.5],
          [x + 0.5, y + 0.5],
        ]);
  const rect = minAreaRect(solid);
  const [length, breadth] = [rect.length, rect.breadth];
  const long = Math.max(length, breadth);
  const atLeast = LINEAR_BREADTH * long;
  return rectCorners({
    ...rect,
    length: Math.max(length, atLeast) + 2 * MARGIN * long,
    breadth: Math.max(breadth, atLeast) + 2 * MARGIN * long,
  });
}
