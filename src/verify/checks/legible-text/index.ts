import type { Detection, Redaction } from '../../../core/detection.js';
import { middleOf, type Point, type Polygon } from '../../../core/geometry.js';
import { isInside } from '../../../imaging/convex.js';
import type { PixelImage } from '../../../core/image.js';
import { placesInWords } from '../../../core/place.js';
import { isLegible, MOST_LINES, type TextReader } from '../../../ocr/index.js';
import type { Check, CheckStatus, VerifySubject } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';

const ID = 'legible-text';
/** Mean probability of its characters from which on a line can be read. */
const LEGIBLE_FROM = 0.7;
/** Letters and digits; noise is taken for single ones. */
const LEAST_CHARACTERS = 2;

/**
 * Reads every line of text that was covered once more, in the written file: nothing may be legible. What a kept region
 * shows on purpose is not its job (the risk counts it), nor is text that nobody found.
 */
export function legibleText(openReader: () => Promise<TextReader>): Check {
  const answer = (status: CheckStatus, details: string) => ({ check: ID, status, details });
  return {
    id: ID,
    async run(subject) {
      if (!subject.output) return notDecoded(ID, subject);
      const lines = coveredLines(subject);
      if (lines.length === 0) return answer('not-found', 'There was no text to read again');
      const reader = await openReader();
      const legible: Line[] = [];
      for (const line of lines.slice(0, MOST_LINES)) {
        const read = await reader.read(line.frame, line.polygon);
        if (isLegible(read, LEGIBLE_FROM, LEAST_CHARACTERS)) legible.push(line);
      }
      const of = `of ${lines.length} lines of text that were covered`;
      const [first] = legible;
      if (!first && lines.length > MOST_LINES) {
        return answer('could-not-tell', `Only ${MOST_LINES} ${of} were read again`);
      }
      if (!first) return answer('not-found', `None ${of} can be read`);
      const places = placesInWords(
        legible.map(({ polygon }) => middleOf(polygon)),
        first.frame,
      );
      return answer('found', `${legible.length} ${of} can still be read, ${places}`);
    },
  };
}

interface Line {
  readonly frame: PixelImage;
  readonly polygon: Polygon;
}

/** Lines that lie under redactions whole, in each written frame. */
function coveredLines({ output, detections, redactions }: VerifySubject): Line[] {
  return (output?.frames ?? []).flatMap(({ pixels: frame }, i) =>
    (detections[i] ?? [])
      .filter(({ kind, polygon }) => kind === 'text' && isCovered(polygon, frame, redactions[i] ?? []))
      .map(({ polygon }: Detection) => ({ frame, polygon })),
  );
}

/** Whether the corners and the middle of a polygon, as far as they lie in the image, are under redactions. */
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
