import type { Detection, Redaction } from '../../../core/detection.js';
import { middleOf, type Point } from '../../../core/geometry.js';
import { isInside } from '../../../imaging/convex.js';
import { placesInWords } from '../../../core/place.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import { isLegible, type TextFinder, type TextReader } from '../../../ocr/index.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';

const ID = 'uncovered-text';
/** Mean probability of its characters from which on a line can be read; skin and cloth stay below it. */
const LEGIBLE_FROM = 0.8;
/** Letters and digits; folds and shadows are taken for one or two. */
const LEAST_CHARACTERS = 3;

/**
 * Looks for text in the whole written file as any program would, without the network that knows skin and vetoes, and reads it.
 * Text that was found and left visible on purpose does not count.
 */
export function uncoveredText(
  openFinder: () => Promise<TextFinder>,
  openReader: () => Promise<TextReader>,
): Check {
  const answer = (status: CheckStatus, details: string) => ({ check: ID, status, details });
  return {
    id: ID,
    async run(subject) {
      const { output, detections, redactions } = subject;
      if (!output) return notDecoded(ID, subject);
      const [finder, reader] = [await openFinder(), await openReader()];
      for (const [i, frame] of output.frames.entries()) {
        const legible: Point[] = [];
        for (const version of visibleVersions(frame.pixels)) {
          for (const polygon of await finder.find(version)) {
            const middle = middleOf(polygon);
            if (isLeftOnPurpose(middle, detections[i] ?? [], redactions[i] ?? [])) continue;
            const read = await reader.read(version, polygon);
            if (isLegible(read, LEGIBLE_FROM, LEAST_CHARACTERS)) legible.push(middle);
          }
        }
        if (legible.length === 0) continue;
        const places = placesInWords(legible, frame.pixels);
        return answer('found', `Lines of text can be read (${legible.length}), ${places}`);
      }
      return answer('not-found', 'No text can be read');
    },
  };
}

function isLeftOnPurpose(
  point: Point,
  detections: readonly Detection[],
  redactions: readonly Redaction[],
): boolean {
  const isKnown = detections.some(({ kind, polygon }) => kind === 'text' && isInside(polygon, point));
  return isKnown && !redactions.some(({ polygon }) => isInside(polygon, point));
}
