import type { Detection } from '../../core/detection.js';
import { boundingBox, polygonArea, type Point, type Polygon } from '../../core/geometry.js';
import { minAreaRect, rectCorners } from '../../core/rotated-rect.js';
import { CODE_MODEL, openCodeReader, type SeenCode } from '../../inference/code-reader.js';
import type { Detector } from '../contract.js';
import { visibleVersions } from '../visible-versions.js';

const ID = 'code';
/** A code that is seen but not read may still be read by another program. */
const UNREAD_SCORE = 0.6;
/** Of a linear code only the scanned lines are reported; breadth ÷ length that is covered at least. */
const LINEAR_BREADTH = 0.6;
/** Quiet zone and bars that the scan lines missed at the ends; share of the longer side, each way. */
const MARGIN = 0.04;

/** Codes of every kind that the reader knows, read or only seen. */
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
        for (const code of await reader.read(version)) {
          const polygon = codePolygon(code);
          if (!polygon) continue;
          const score = code.isRead ? 1 : UNREAD_SCORE;
          found.push({ kind: 'code', box: boundingBox(polygon), polygon, score, detector: ID });
        }
      }
      return { detections: found, notExamined: [] };
    },
  };
}

/** What has to be covered of a code; undefined when the reader gives no place. */
function codePolygon({ corners }: SeenCode): Polygon | undefined {
  const { width, height } = boundingBox(corners);
  if (Math.max(width, height) < 2) return undefined;
  // One scan line has no area: a hair's breadth lets the rectangle have a direction.
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
