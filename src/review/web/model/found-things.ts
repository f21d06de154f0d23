import type { Polygon } from '../../../core/geometry.js';
import { convexHull, intersectConvex } from '../../../imaging/convex.js';
import type { Shape } from '../../api.js';

/** One thing that the tool found: for a person it is one region, whatever number of shapes covers it. */
export interface FoundThing {
  /** As the tool made them; several for a head of which something stays visible. */
  readonly shapes: readonly Shape[];
  readonly kinds: Shape['kinds'];
  /** Around all of them; convex. */
  readonly polygon: Polygon;
}

/** What shapes cover, in the order of their first ones. Lines of text that overlap are one label, and one thing. */
export function thingsOf(shapes: readonly Shape[]): FoundThing[] {
  const things: Shape[][] = [];
  for (const shape of shapes) {
    const same = things.filter((pieces) => pieces.some((piece) => isOneThing(piece, shape)));
    const [first = []] = same;
    if (same.length === 0) things.push(first);
    first.push(...same.slice(1).flat(), shape);
    // A line may lie over two that had nothing to do with each other so far.
    for (const other of same.slice(1)) things.splice(things.indexOf(other), 1);
  }
  return things.map((pieces) => ({
    shapes: pieces,
    kinds: [...new Set(pieces.flatMap(({ kinds }) => kinds))],
    polygon: hullOf(pieces),
  }));
}

function isOneThing(a: Shape, b: Shape): boolean {
  if (a.group !== undefined || b.group !== undefined) return a.group === b.group;
  return isText(a) && isText(b) && intersectConvex(a.polygon, b.polygon).length > 0;
}

const isText = ({ kinds }: Shape) => kinds.every((kind) => kind === 'text');

function hullOf(pieces: readonly Shape[]): Polygon {
  const [first, ...more] = pieces.map(({ polygon }) => polygon);
  return first && more.length === 0 ? first : convexHull([...(first ?? []), ...more.flat()]);
}
