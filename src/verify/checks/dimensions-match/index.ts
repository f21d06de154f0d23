import type { FindingOf } from '../../../core/finding.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { DIMENSIONS_MATCH } from './declaration.js';

const { id: ID } = DIMENSIONS_MATCH;

/** The written file must show as many frames as the source, each of the same size, and no picture besides. */
export const dimensionsMatch: Check = {
  id: ID,
  run(subject) {
    const { source, output } = subject;
    const answer = (status: CheckStatus, details: FindingOf<typeof DIMENSIONS_MATCH.findings>) =>
      Promise.resolve({ check: ID, status, details });
    if (!output) return Promise.resolve(notDecoded(ID, subject));
    if (output.frames.length !== source.frames.length) {
      const values = { written: output.frames.length, source: source.frames.length };
      return answer('found', { id: 'dimensions-match/frames', values });
    }
    const others = source.frames.filter(({ pixels }, i) => {
      const written = output.frames[i]?.pixels;
      return written?.width !== pixels.width || written.height !== pixels.height;
    });
    if (others.length > 0) {
      return answer('found', { id: 'dimensions-match/sizes', values: { frames: others.length } });
    }
    return answer('not-found', { id: 'dimensions-match/same', values: {} });
  },
};
