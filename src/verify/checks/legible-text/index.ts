import type { FindingOf } from '../../../core/finding.js';
import type { Detection, Redaction } from '../../../core/detection.js';
import { middleOf, type Point, type Polygon } from '../../../core/geometry.js';
import { isInside } from '../../../imaging/convex.js';
import type { PixelImage } from '../../../core/image.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import { placesOf } from '../../../core/place.js';
import { isLegible, MOST_LINES, type TextReader, type TextWitness } from '../../../ocr/index.js';
import type { Check, CheckStatus, VerifySubject } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { LEGIBLE_TEXT } from './declaration.js';

const { id: ID } = LEGIBLE_TEXT;
/** Mean probability of its characters from which a line counts as legible. */
const LEGIBLE_FROM = 0.7;
/** Fewest letters and digits in a line: noise is sometimes read as a single one. */
const LEAST_CHARACTERS = 2;

/**
 * Reads every covered line of text again, in the written file, and asks the witness too: none may be legible. What a kept region shows on purpose
 * is not its job (the risk counts it), nor is text that nobody found.
 */
export function legibleText(
  openReader: () => Promise<TextReader>,
  openWitness: () => Promise<TextWitness>,
): Check {
  const answer = (status: CheckStatus, details: FindingOf<typeof LEGIBLE_TEXT.findings>) => ({
    check: ID,
    status,
    details,
  });
  return {
    id: ID,
    async run(subject) {
      if (!subject.output) return notDecoded(ID, subject);
      const lines = coveredLines(subject);
      if (lines.length === 0) return answer('not-found', { id: 'legible-text/no-text', values: {} });
      const [reader, witness] = [await openReader(), await openWitness()];
      const legible: Line[] = [];
      for (const line of lines.slice(0, MOST_LINES)) {
        const read = await reader.read(line.frame, line.polygon);
        if (isLegible(read, LEGIBLE_FROM, LEAST_CHARACTERS) || (await isReadBy(witness, line))) {
          legible.push(line);
        }
      }
      const [first] = legible;
      if (!first && lines.length > MOST_LINES) {
        const values = { read: MOST_LINES, lines: lines.length };
        return answer('could-not-tell', { id: 'legible-text/not-all-read', values });
      }
      if (!first) return answer('not-found', { id: 'legible-text/none', values: { lines: lines.length } });
      const places = placesOf(
        legible.map(({ polygon }) => middleOf(polygon)),
        first.frame,
      );
      const values = { read: legible.length, lines: lines.length, places };
      return answer('found', { id: 'legible-text/read', values });
    },
  };
}

/** Whether the witness, who looks at the whole frame once, can read something on this line. */
async function isReadBy(witness: TextWitness, { frame, polygon }: Line): Promise<boolean> {
  for (const version of visibleVersions(frame)) {
    const writing = await witness.look(version);
    if (writing.some((row) => row.isRead && isInside(polygon, middleOf(row.polygon)))) return true;
  }
  return false;
}

interface Line {
  readonly frame: PixelImage;
  readonly polygon: Polygon;
}

/** Lines that lie wholly under redactions, in each written frame. */
function coveredLines({ output, detections, redactions }: VerifySubject): Line[] {
  return (output?.frames ?? []).flatMap(({ pixels: frame }, i) =>
    (detections[i] ?? [])
      .filter(({ kind, polygon }) => kind === 'text' && isCovered(polygon, frame, redactions[i] ?? []))
      .map(({ polygon }: Detection) => ({ frame, polygon })),
  );
}

/** Whether the corners and the middle of a polygon, where they lie in the image, are under redactions. */
function isCovered(
  polygon: Polygon,
  { width, height }: PixelImage,
  redactions: readonly Redaction[],
): boolean {
  const points: Point[] = [...polygon, middleOf(polygon)];
  return points.every(([x, y]) => {
    const inImage: Point = [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];
    return redactions.some((redaction) => isInside(redaction.polygon, inImage));
  });
}
