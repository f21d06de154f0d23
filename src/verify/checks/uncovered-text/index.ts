import type { FindingOf } from '../../../core/finding.js';
import type { Detection, Redaction } from '../../../core/detection.js';
import { middleOf, type Point, type Polygon } from '../../../core/geometry.js';
import { isInside } from '../../../imaging/convex.js';
import { placesOf } from '../../../core/place.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import { isLegible, type TextFinder, type TextReader, type TextWitness } from '../../../ocr/index.js';
import type { Check, CheckStatus } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { viewsOf } from '../../views-of.js';
import { UNCOVERED_TEXT } from './declaration.js';

const { id: ID } = UNCOVERED_TEXT;
/** Mean probability of its characters from which a line counts as legible; skin and cloth stay below it. */
const LEGIBLE_FROM = 0.8;
/** Fewest letters and digits in a line: folds and shadows are sometimes read as one or two. */
const LEAST_CHARACTERS = 3;

/**
 * Looks for text in the whole written file as any program would, without the network that rules out skin, and reads it;
 * then a witness that shares nothing with those networks looks for writing, however faint. A line that stands out for
 * it and that nobody can read leaves the question open. Text that was found and left visible on purpose does not count.
 */
export function uncoveredText(
  openFinder: () => Promise<TextFinder>,
  openReader: () => Promise<TextReader>,
  openWitness: () => Promise<TextWitness>,
): Check {
  const answer = (status: CheckStatus, details: FindingOf<typeof UNCOVERED_TEXT.findings>) => ({
    check: ID,
    status,
    details,
  });
  return {
    id: ID,
    async run(subject) {
      const { output, detections, redactions } = subject;
      if (!output) return notDecoded(ID, subject);
      const [finder, reader, witness] = [await openFinder(), await openReader(), await openWitness()];
      let strokes: FindingOf<typeof UNCOVERED_TEXT.findings> | undefined;
      for (const [i, frame] of output.frames.entries()) {
        const legible: Point[] = [];
        for (const version of viewsOf(subject, i).flatMap(visibleVersions)) {
          for (const polygon of await finder.find(version)) {
            const middle = middleOf(polygon);
            if (isLeftOnPurpose(middle, detections[i] ?? [], redactions[i] ?? [])) continue;
            if (legible.some((known) => isInside(polygon, known))) continue;
            const read = await reader.read(version, polygon);
            if (isLegible(read, LEGIBLE_FROM, LEAST_CHARACTERS)) legible.push(middle);
          }
        }
        const unread: Point[] = [];
        for (const version of visibleVersions(frame.pixels)) {
          for (const { polygon, isRead } of await witness.look(version)) {
            // What is covered is read again by the check `legible-text`.
            if (!isOpen(polygon, detections[i] ?? [], redactions[i] ?? [])) continue;
            if (legible.some((known) => isInside(polygon, known))) continue;
            (isRead ? legible : unread).push(middleOf(polygon));
          }
        }
        if (legible.length > 0) {
          const values = { lines: legible.length, places: placesOf(legible, frame.pixels) };
          return answer('found', { id: 'uncovered-text/read', values });
        }
        if (unread.length > 0) {
          const values = { rows: unread.length, places: placesOf(unread, frame.pixels) };
          strokes ??= { id: 'uncovered-text/strokes', values };
        }
      }
      if (strokes) return answer('could-not-tell', strokes);
      return answer('not-found', { id: 'uncovered-text/none', values: {} });
    },
  };
}

/** Whether a line of writing is neither covered nor, in any part, text that was left visible on purpose. */
function isOpen(
  polygon: Polygon,
  detections: readonly Detection[],
  redactions: readonly Redaction[],
): boolean {
  const middle = middleOf(polygon);
  if (redactions.some((redaction) => isInside(redaction.polygon, middle))) return false;
  if (isLeftOnPurpose(middle, detections, redactions)) return false;
  return !detections.some(({ polygon: known }) => {
    const point = middleOf(known);
    return isInside(polygon, point) && isLeftOnPurpose(point, detections, redactions);
  });
}

function isLeftOnPurpose(
  point: Point,
  detections: readonly Detection[],
  redactions: readonly Redaction[],
): boolean {
  const isKnown = detections.some(({ kind, polygon }) => kind === 'text' && isInside(polygon, point));
  return isKnown && !redactions.some(({ polygon }) => isInside(polygon, point));
}
