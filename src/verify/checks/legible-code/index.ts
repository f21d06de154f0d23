import type { CodeReader } from '../../../inference/code-reader.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';

const ID = 'legible-code';

/** Looks through the written file for codes once more: none may be decoded, wherever it is. */
export function legibleCode(openReader: () => Promise<CodeReader>): Check {
  const answer = (status: CheckStatus, details: string) => ({ check: ID, status, details });
  return {
    id: ID,
    async run(subject) {
      const { output } = subject;
      if (!output) return notDecoded(ID, subject);
      const reader = await openReader();
      let legible = 0;
      for (const { pixels } of output.frames) {
        legible += (await reader.read(pixels)).filter(({ isRead }) => isRead).length;
      }
      return legible > 0
        ? answer('found', `${legible} codes can still be read`)
        : answer('not-found', 'No code can be read');
    },
  };
}
