import { boundingBox, boxPolygon, type Box, type Point } from '../dist/core/geometry.js';
import { areaInBox, snapOutward, subtractBox } from '../dist/imaging/convex.js';

/** Where a patch of skin is cut out of a face; on the side that is left in the photo where a face has two. */
export const PLACES = ['cheek', 'forehead', 'chin', 'temple'] as const;
export type Place = (typeof PLACES)[number];

/** The points of the 68 marks that outline a feature, and the margin around them in distances between the eyes. */
const FEATURES: readonly {
  readonly marks: readonly (readonly [from: number, to: number])[];
  margin: number;
}[] = [
  // An eye with its brow.
  {
    marks: [
      [17, 22],
      [36, 42],
    ],
    margin: 0.06,
  },
  {
    marks: [
      [22, 27],
      [42, 48],
    ],
    margin: 0.06,
  },
  // The marks end at the nostrils; the wings of the nose are outside.
  { marks: [[27, 36]], margin: 0.1 },
  { marks: [[48, 68]], margin: 0.06 },
];
/** An ear begins at the outline of the face and is about this wide, in distances between the eyes. */
const EAR_WIDTH = 0.4;
/** How far above the eyes the middle of a forehead lies, in the same unit: halfway from the brows to the hairline. */
const FOREHEAD = 0.7;

/** Eyes with brows, nose, mouth and ears of a face, from the 68 marks of iBUG; in pixels. */
export function featureBoxes(marks: readonly Point[]): readonly Box[] {
  const unit = eyesOf(marks).distance;
  const features = FEATURES.map(({ marks: ranges, margin }) =>
    grown(boundingBox(ranges.flatMap(([from, to]) => marks.slice(from, to))), margin * unit),
  );
  const ear = (jaw: number, lobe: number, side: -1 | 1): Box => {
    const [x, top] = marks[jaw]!;
    const height = marks[lobe]![1] - top;
    return {
      x: side < 0 ? x - EAR_WIDTH * unit : x,
      y: top - 0.3 * unit,
      width: EAR_WIDTH * unit,
      height: height + 0.3 * unit,
    };
  };
  return [...features, ear(0, 3, -1), ear(16, 13, 1)];
}

/** The middle of a patch. */
export function middleOfPlace(place: Place, marks: readonly Point[]): Point {
  const { middle, up, distance } = eyesOf(marks);
  switch (place) {
    case 'cheek':
      return between(marks[31]!, marks[3]!);
    case 'chin':
      return between(marks[57]!, marks[8]!);
    case 'temple':
      return between(marks[17]!, marks[0]!);
    case 'forehead':
      return [middle[0] + FOREHEAD * distance * up[0], middle[1] + FOREHEAD * distance * up[1]];
  }
}

/** An upright square of whole pixels around a point. */
export function squareAt([x, y]: Point, side: number): Box {
  const whole = Math.max(1, Math.round(side));
  return { x: Math.round(x - whole / 2), y: Math.round(y - whole / 2), width: whole, height: whole };
}

/** What is left of a patch of whole pixels around features, as boxes of whole pixels that do not overlap. */
export function cutAroundFeatures(patch: Box, features: readonly Box[]): readonly Box[] {
  let pieces: readonly Box[] = [patch];
  for (const feature of features.map(snapOutward)) {
    pieces = pieces
      .flatMap((piece) => {
        const polygon = boxPolygon(piece);
        return areaInBox(polygon, feature) > 0 ? subtractBox(polygon, feature).map(boundingBox) : [piece];
      })
      .filter(({ width, height }) => width >= 1 && height >= 1);
  }
  return pieces;
}

function eyesOf(marks: readonly Point[]): {
  readonly middle: Point;
  readonly up: Point;
  readonly distance: number;
} {
  const [left, right] = [meanOf(marks.slice(36, 42)), meanOf(marks.slice(42, 48))];
  const distance = Math.hypot(right[0] - left[0], right[1] - left[1]);
  return {
    middle: between(left, right),
    up: [(right[1] - left[1]) / distance, -(right[0] - left[0]) / distance],
    distance,
  };
}

function meanOf(points: readonly Point[]): Point {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1)];
}

function between(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function grown({ x, y, width, height }: Box, margin: number): Box {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}
