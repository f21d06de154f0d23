import type { FindingOf } from '../../../core/finding.js';
import { middleOf, type Polygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { placesOf } from '../../../core/place.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { viewsOf } from '../../views-of.js';
import { UNCOVERED_TATTOO } from './declaration.js';

const { id: ID } = UNCOVERED_TATTOO;

/** Looks for tattoos in a written file. */
export interface TattooFinder {
  /**
   * Finds the convex pieces of tattoos, in pixels of the image.
   * @param covered convex polygons, inside which nothing is looked at
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage, covered: readonly Polygon[]): Promise<readonly { readonly polygon: Polygon }[]>;
}

/**
 * Looks again for tattoos in the written file, in other views than detection's: none may show outside the redactions.
 * @param open loads the finder once per process
 */
export function uncoveredTattoo(open: () => Promise<TattooFinder>): Check {
  const answer = (status: CheckStatus, details: FindingOf<typeof UNCOVERED_TATTOO.findings>) => ({
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
        const bare: { readonly polygon: Polygon }[] = [];
        for (const view of viewsOf(subject, i)) bare.push(...(await finder.find(view, covered)));
        if (bare.length === 0) continue;
        const middles = bare.map(({ polygon }) => middleOf(polygon));
        return answer('found', {
          id: 'uncovered-tattoo/seen',
          values: { places: placesOf(middles, pixels) },
        });
      }
      return answer('not-found', { id: 'uncovered-tattoo/none', values: {} });
    },
  };
}
