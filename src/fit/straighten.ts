import { boundingBox, boxesOverlap, boxPolygon, type Box, type Point } from '../core/geometry.js';

/** An area of the result that is shifted nearly as one, so that lengths in it keep their proportion. */
export interface StraightArea {
  /** In pixels of the result. */
  readonly box: Box;
  /** Its shift, in pixels of the source. */
  readonly shift: Point;
  /** How far around the box its shift fades into that of the rest, in pixels of the result. */
  readonly margin: number;
}

/** What is left inside of the differences between shifts: of lengths that differ by up to 15 %, below 1 %. */
const KEPT_DIFFERENCE = 0.06;
/** How much lengths around an area may change besides, where its shift fades: as much as they do anywhere. */
const STEEPNESS = 0.1;
/** The steepest part of the curve along which it fades, against its mean. */
const STEEPEST = 1.5;
/** Pixels around a box that are straight too: shifts in it differ a little, and are longer in the source. */
const SLACK = 2;
/** Places along each side of a box at which shifts are looked at. */
const PLACES = 12;

/**
 * Areas that hold these boxes, as tight as their surroundings allow. Those that would fade into each other become one.
 * @param boxes in pixels of the result, as they would lie without a shift
 * @param shiftAt the shift of the rest there, about as long in pixels of the result
 */
export function straightAreas(
  boxes: readonly Box[],
  shiftAt: (x: number, y: number) => Point,
): readonly StraightArea[] {
  const areas = boxes.map((box) => areaOf(box, shiftAt));
  for (const [i, a] of areas.entries()) {
    const j = areas.findIndex((b, k) => k > i && boxesOverlap(grown(a), grown(b)));
    const [one, other] = [boxes[i], boxes[j]];
    if (!one || !other) continue;
    const others = boxes.filter((_, k) => k !== i && k !== j);
    return straightAreas([...others, boundingBox([...boxPolygon(one), ...boxPolygon(other)])], shiftAt);
  }
  return areas;
}

function areaOf(box: Box, shiftAt: (x: number, y: number) => Point): StraightArea {
  const inside = shiftsIn(box, shiftAt);
  const mean = (k: 0 | 1) => inside.reduce((sum, shift) => sum + shift[k], 0) / inside.length;
  const shift: Point = [mean(0), mean(1)];
  const most = (shifts: readonly Point[]) =>
    Math.max(...shifts.map(([x, y]) => Math.hypot(x - shift[0], y - shift[1])));
  const marginFor = (difference: number) => Math.max(1, (STEEPEST * difference) / STEEPNESS);
  // Around the box, shifts differ more than in it.
  const near = grown({ box, shift, margin: marginFor(most(inside)) });
  // What is to stay straight lies where its own shift brings it.
  const there = { ...box, x: box.x - shift[0], y: box.y - shift[1] };
  return {
    box: grown({ box: there, shift, margin: SLACK }),
    shift,
    margin: marginFor(most(shiftsIn(near, shiftAt))),
  };
}

function shiftsIn({ x, y, width, height }: Box, shiftAt: (x: number, y: number) => Point): Point[] {
  return Array.from({ length: PLACES * PLACES }, (_, i) =>
    shiftAt(x + (width * (i % PLACES)) / (PLACES - 1), y + (height * Math.floor(i / PLACES)) / (PLACES - 1)),
  );
}

/** The share of a point's own shift that an area replaces: all but a little in its box, none beyond its margin. */
export function shareOf({ box, margin }: StraightArea, x: number, y: number): number {
  const beside = Math.max(box.x - x, 0, x - box.x - box.width);
  const above = Math.max(box.y - y, 0, y - box.y - box.height);
  const t = 1 - Math.hypot(beside, above) / margin;
  return t <= 0 ? 0 : (1 - KEPT_DIFFERENCE) * t * t * (3 - 2 * t);
}

function grown({ box, margin }: StraightArea): Box {
  const { x, y, width, height } = box;
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}
