import type { Detection } from '../../core/detection.js';
import { boundingBox, type Point, type Polygon } from '../../core/geometry.js';
import { isInside, polygonArea } from '../../imaging/convex.js';
import type { PixelImage } from '../../core/image.js';
import { minAreaRect, rectCorners } from '../../imaging/rotated-rect.js';
import { CODE_MODEL, openCodeReader, type CodeReader, type SeenCode } from '../../models/code-reader.js';
import type { Detector } from '../contract.js';
import { shrunk } from '../../imaging/resized.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import { turnedBy } from '../../imaging/turned.js';

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

/** Codes in the photo as it is, and in turned copies; in pixels of the photo. */
async function readInAllDirections(reader: CodeReader, photo: PixelImage): Promise<SeenCode[]> {
  const codes = await reader.read(photo);
  const small = await shrunk(photo, TURNED_SIDE);
  const [sx, sy] = [photo.width / small.width, photo.height / small.height];
  for (const degrees of TURNS) {
    const { image, turnBack } = await turnedBy(small, degrees);
    for (const { corners, isRead } of await reader.read(image)) {
      const onPhoto = corners.map(turnBack).map(([x, y]): Point => [x * sx, y * sy]);
      codes.push({ corners: onPhoto, isRead });
    }
  }
  return codes;
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
