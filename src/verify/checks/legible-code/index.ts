import type { FindingOf } from '../../../core/finding.js';
import { middleOf } from '../../../core/geometry.js';
import { placesOf } from '../../../core/place.js';
import { greyOf } from '../../../imaging/grey.js';
import type { CodeReader, SeenCode } from '../../../models/code-reader.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { viewsOf } from '../../views-of.js';
import { LEGIBLE_CODE } from './declaration.js';

const { id: ID } = LEGIBLE_CODE;

/** Looks again for codes, in the whole written file: none may be decoded, wherever it is. */
export function legibleCode(openReader: () => Promise<CodeReader>): Check {
  const answer = (status: CheckStatus, details: FindingOf<typeof LEGIBLE_CODE.findings>) => ({
    check: ID,
    status,
    details,
  });
  return {
    id: ID,
    async run(subject) {
      const { output } = subject;
      if (!output) return notDecoded(ID, subject);
      const reader = await openReader();
      for (const [i, { pixels }] of output.frames.entries()) {
        let legible: readonly SeenCode[] = [];
        for (const view of viewsOf(subject, i)) {
          if (legible.length === 0)
            legible = (await reader.read(greyOf(view), 'every')).filter(({ isRead }) => isRead);
        }
        if (legible.length === 0) continue;
        const places = placesOf(
          legible.map(({ corners }) => middleOf(corners)),
          pixels,
        );
        return answer('found', { id: 'legible-code/read', values: { codes: legible.length, places } });
      }
      return answer('not-found', { id: 'legible-code/none', values: {} });
    },
  };
}
