import { middleOf } from '../../../core/geometry.js';
import { placesInWords } from '../../../core/place.js';
import type { CodeReader } from '../../../models/code-reader.js';
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
      for (const { pixels } of output.frames) {
        const legible = (await reader.read(pixels)).filter(({ isRead }) => isRead);
        if (legible.length === 0) continue;
        const places = placesInWords(
          legible.map(({ corners }) => middleOf(corners)),
          pixels,
        );
        return answer('found', `Codes can still be read (${legible.length}), ${places}`);
      }
      return answer('not-found', 'No code can be read');
    },
  };
}
