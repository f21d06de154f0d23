import type { FindingOf } from '../../../core/finding.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { PIXELS_UNDER_REDACTIONS } from './declaration.js';
import { detailLeft } from './residual-correlation.js';

const { id: ID } = PIXELS_UNDER_REDACTIONS;

/** In pixels: grain and edges, and what a blur leaves of them. All are finer than the smallest cell of any style. */
const SCALES = [1, 3];

/**
 * Under a redaction the written pixels may no longer depend on the source's fine detail (see `detailLeft`). A region
 * that was flat in the source, or is narrower than three pixels, has no such detail and cannot leak any.
 * Not its job: whether the region was large enough, and what a few coarse colours give away.
 */
export const pixelsUnderRedactions: Check = {
  id: ID,
  run(subject) {
    const { source, output, redactions } = subject;
    const answer = (status: CheckStatus, details: FindingOf<typeof PIXELS_UNDER_REDACTIONS.findings>) =>
      Promise.resolve({ check: ID, status, details });
    if (!output) return Promise.resolve(notDecoded(ID, subject));
    if (redactions.length !== source.frames.length) {
      return answer('could-not-tell', { id: 'pixels-under-redactions/lists-differ', values: {} });
    }
    let regions = 0;
    let leaking = 0;
    let plain = 0;
    for (const [i, frame] of source.frames.entries()) {
      const written = output.frames[i]?.pixels;
      if (written?.width !== frame.pixels.width || written.height !== frame.pixels.height) {
        return answer('could-not-tell', { id: 'pixels-under-redactions/sizes-differ', values: {} });
      }
      for (const { polygon } of redactions[i] ?? []) {
        regions++;
        const scales = SCALES.map((scale) => detailLeft(frame.pixels, written, polygon, scale));
        if (scales.some(({ correlation, limit }) => !(correlation <= limit))) leaking++;
        if (scales.every(({ blocks }) => blocks === 0)) plain++;
      }
    }
    if (leaking > 0) {
      return answer('found', { id: 'pixels-under-redactions/shows-through', values: { leaking, regions } });
    }
    return answer('not-found', { id: 'pixels-under-redactions/nothing-left', values: { regions, plain } });
  },
};
