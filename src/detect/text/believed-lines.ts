import type { Detection } from '../../core/detection.js';
import { boundingBox, type Box, type Point, type Polygon } from '../../core/geometry.js';

/** A line as detection saw it, and what the reader made of it. */
export interface ReadLine {
  readonly line: Detection;
  /** Letters and digits that were read. */
  readonly characters: number;
  /** Mean probability of these, 0–1; 1 for a line that was not read. */
  readonly confidence: number;
}

/**
 * Chosen on clinical photos and scenes (docs/EVALUATION.md): crusts, hair and fabric look like weak, unreadable lines.
 */
const SURE = 0.55;
const READ_FROM = 0.5;
/**
 * A weak line counts when a sure one of about its height is closer than `BESIDE` heights: labels have several lines.
 */
const BESIDE = 4;
const ABOUT_AS_HIGH = 3;

/**
 * The lines that count: those seen surely, those in which something was read, and weak ones beside a sure one.
 * @returns in the order given
 */
export function believedLines(lines: readonly ReadLine[]): Detection[] {
  const sure = lines.map(({ line }) => line).filter(({ score }) => score >= SURE);
  return lines
    .filter(
      ({ line, characters, confidence }) =>
        line.score >= SURE ||
        (confidence >= READ_FROM && characters > 0) ||
        sure.some((other) => areBeside(other, line)),
    )
    .map(({ line }) => line);
}

function areBeside(one: Detection, other: Detection): boolean {
  const [low, high] = [heightOf(one.polygon), heightOf(other.polygon)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (
    high < ABOUT_AS_HIGH * low && gap(boundingBox(one.polygon), boundingBox(other.polygon)) < BESIDE * high
  );
}

/** The shorter side of a rectangle at any angle. */
function heightOf([a, b, c]: Polygon): number {
  const side = ([x, y]: Point, [u, v]: Point) => Math.hypot(x - u, y - v);
  return a && b && c ? Math.min(side(a, b), side(b, c)) : 0;
}

/** Distance between the nearest points of two upright boxes. */
function gap(one: Box, other: Box): number {
  const apart = (from: number, length: number, others: number, otherLength: number) =>
    Math.max(0, from - others - otherLength, others - from - length);
  return Math.hypot(
    apart(one.x, one.width, other.x, other.width),
    apart(one.y, one.height, other.y, other.height),
  );
}
