import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';

const ID = 'dimensions-match';

/** The written file must show as many frames as the source, each of the same size: no more and no other picture. */
export const dimensionsMatch: Check = {
  id: ID,
  run(subject) {
    const { source, output } = subject;
    const answer = (status: CheckStatus, details: string) => Promise.resolve({ check: ID, status, details });
    if (!output) return Promise.resolve(notDecoded(ID, subject));
    if (output.frames.length !== source.frames.length) {
      return answer('found', `${output.frames.length} frames written of ${source.frames.length}`);
    }
    const others = source.frames.filter(({ pixels }, i) => {
      const written = output.frames[i]?.pixels;
      return written?.width !== pixels.width || written.height !== pixels.height;
    });
    if (others.length > 0) return answer('found', `${others.length} frames have another size`);
    return answer('not-found', 'Frames and sizes are those of the source');
  },
};
