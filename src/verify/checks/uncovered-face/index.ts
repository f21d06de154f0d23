import type { FindingOf } from '../../../core/finding.js';
import { boxPolygon, middleOf, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { placesOf } from '../../../core/place.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { UNCOVERED_FACE } from './declaration.js';
import { shareInside } from '../../share-inside.js';

const { id: ID } = UNCOVERED_FACE;
/** Score from which a face is believed; docs/attacks.md measures how many faces are found and how many are none. */
const SURE = 0.8;
/** A blurred head still looks like a head: a face does not count when this share of it lies in redactions. */
const COVERED_FROM = 0.5;

/** Looks for faces in a written file. */
export interface FaceFinder {
  /** In pixels of the image, each face once; score 0–1. @throws {ImageDeidError} detector-failed */
  find(image: PixelImage): Promise<readonly { readonly box: Box; readonly score: number }[]>;
}

/**
 * Looks again for faces in the written file, in other views than detection's: none may show outside the redactions.
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
        const covered = (redactions[i] ?? []).map(({ polygon }) => polygon);
        const bare = (await finder.find(pixels))
          .filter(({ score }) => score >= SURE)
          .map(({ box }) => boxPolygon(box))
          .filter((polygon) => shareInside(polygon, covered, pixels) < COVERED_FROM);
        if (bare.length === 0) continue;
        const values = { faces: bare.length, places: placesOf(bare.map(middleOf), pixels) };
        return answer('found', { id: 'uncovered-face/seen', values });
      }
      return answer('not-found', { id: 'uncovered-face/none', values: {} });
    },
  };
}
