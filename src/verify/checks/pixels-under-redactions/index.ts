import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { detailLeft } from './residual-correlation.js';

const ID = 'pixels-under-redactions';

/** In pixels: grain and edges, and what a blur leaves of them. All finer than the smallest cell of a style. */
const SCALES = [1, 3];

/**
 * Under no redaction may the written pixels still depend on the source's fine detail (see `detailLeft`). A region that
 * was flat in the source, or is narrower than three pixels, has no such detail and cannot leak any.
 * Not its job: whether the region was large enough, and what a few coarse colours say.
 */
export const pixelsUnderRedactions: Check = {
  id: ID,
  run(subject) {
    const { source, output, redactions } = subject;
    const answer = (status: CheckStatus, details: string) => Promise.resolve({ check: ID, status, details });
    if (!output) return Promise.resolve(notDecoded(ID, subject));
    if (redactions.length !== source.frames.length) {
      return answer('could-not-tell', 'There are not as many lists of redactions as frames');
    }
    let regions = 0;
    let leaking = 0;
    let plain = 0;
    for (const [i, frame] of source.frames.entries()) {
      const written = output.frames[i]?.pixels;
      if (written?.width !== frame.pixels.width || written.height !== frame.pixels.height) {
        return answer('could-not-tell', 'Frames of different sizes cannot be compared');
      }
      for (const { polygon } of redactions[i] ?? []) {
        regions++;
        const scales = SCALES.map((scale) => detailLeft(frame.pixels, written, polygon, scale));
        if (scales.some(({ correlation, limit }) => !(correlation <= limit))) leaking++;
        if (scales.every(({ blocks }) => blocks === 0)) plain++;
      }
    }
    if (leaking > 0)
      return answer('found', `${leaking} of ${regions} redacted regions still show the source`);
    return answer(
      'not-found',
      `Nothing of the source shows through in ${regions} redacted regions; ${plain} of them had no detail to compare`,
    );
  },
};
