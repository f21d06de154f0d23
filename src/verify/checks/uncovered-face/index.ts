import { eachOnce } from '../../../core/each-once.js';
import type { FindingOf } from '../../../core/finding.js';
import { boxIou, boxPolygon, middleOf, type Box, type Point, type Polygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { placesOf } from '../../../core/place.js';
import { isInside } from '../../../imaging/convex.js';
import type { Check, CheckStatus, VerifySubject } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { UNCOVERED_FACE } from './declaration.js';
import { shareInside } from '../../share-inside.js';
import { viewsOf } from '../../views-of.js';

const { id: ID } = UNCOVERED_FACE;
/** Score from which a face is believed; docs/attacks.md measures how many faces are found and how many are none. */
const SURE = 0.8;
/** A blurred head still looks like a head: a face does not count when this share of it lies in redactions. */
const COVERED_FROM = 0.5;
/** Boxes that overlap more than this (intersection over union) show the same face. */
const SAME_FACE = 0.3;

/** A face with its landmarks: the eyes, the tip of the nose and the corners of the mouth. */
interface SeenFace {
  readonly box: Box;
  readonly points: readonly Point[];
  /** 0–1. */
  readonly score: number;
}

/** Looks for faces in a written file. */
export interface FaceFinder {
  /** In pixels of the image, each face once. @throws {ImageDeidError} detector-failed */
  find(image: PixelImage): Promise<readonly SeenFace[]>;
}

/**
 * Looks again for faces in the written file, with another network than detection's: none may show outside the
 * redactions. Of a face of which something stays, the features must be covered, as they are seen in the written file
 * and, by the same network, in the source.
 * @param open loads the finder once per process
 */
export function uncoveredFace(open: () => Promise<FaceFinder>): Check {
  const answer = (status: CheckStatus, details: FindingOf<typeof UNCOVERED_FACE.findings>) => ({
    check: ID,
    status,
    details,
  });
  return {
    id: ID,
    async run(subject) {
      const { output, redactions } = subject;
      if (!output) return notDecoded(ID, subject);
      const finder = await open();
      for (const [i, { pixels }] of output.frames.entries()) {
        const covers = (redactions[i] ?? []).map(({ polygon }) => polygon);
        const found: SeenFace[] = [];
        for (const view of viewsOf(subject, i)) found.push(...(await finder.find(view)));
        const shown = found.filter(({ box }) => shareInside(boxPolygon(box), covers, pixels) < COVERED_FROM);
        const seen = eachOnce(shown, (surer, face) => boxIou(surer.box, face.box) > SAME_FACE);
        const partly = partlyCovered(subject, i, covers);
        const source = partly.length > 0 ? subject.source.frames[i]?.pixels : undefined;
        const before = (source ? await finder.find(source) : []).filter(({ box }) =>
          partly.some((face) => boxIou(face, box) > SAME_FACE),
        );
        const bare = [...seen, ...before].filter(
          ({ score, points }) => score >= SURE && points.some((point) => isOpen(point, covers, pixels)),
        );
        if (bare.length === 0) continue;
        const places = placesOf(
          bare.map(({ box }) => middleOf(boxPolygon(box))),
          pixels,
        );
        return answer('found', { id: 'uncovered-face/seen', values: { faces: bare.length, places } });
      }
      return answer('not-found', { id: 'uncovered-face/none', values: {} });
    },
  };
}

/** The faces that detection saw in a frame and of which something stays. */
function partlyCovered(
  { source, detections }: VerifySubject,
  frame: number,
  covers: readonly Polygon[],
): Box[] {
  const pixels = source.frames[frame]?.pixels;
  if (!pixels) return [];
  return (detections[frame] ?? [])
    .filter(({ kind, feature }) => kind === 'face' && !feature)
    .filter(({ polygon }) => shareInside(polygon, covers, pixels) < 1)
    .map(({ box }) => box);
}

/** Whether a point is in the picture and not covered. */
function isOpen([x, y]: Point, covers: readonly Polygon[], { width, height }: PixelImage): boolean {
  const isShown = x >= 0 && y >= 0 && x < width && y < height;
  return isShown && !covers.some((cover) => isInside(cover, [x, y]));
}
