import type { Polygon } from '../../../core/geometry.js';
import { convexHull } from '../../../imaging/convex.js';
import type { Shape } from '../../api.js';

/** One thing that the tool found: for a person it is one region, whatever number of shapes covers it. */
export interface FoundThing {
  /** As the tool made them; several for a head of which something stays visible. */
  readonly shapes: readonly Shape[];
  readonly kinds: Shape['kinds'];
  /** Around all of them; convex. */
  readonly polygon: Polygon;
}

/** What shapes cover, in the order of their first ones. */
export function thingsOf(shapes: readonly Shape[]): FoundThing[] {
  const things = new Map<number | Shape, Shape[]>();
  for (const shape of shapes) {
    const key = shape.group ?? shape;
    things.set(key, [...(things.get(key) ?? []), shape]);
  }
  return [...things.values()].map((pieces) => ({
    shapes: pieces,
    kinds: [...new Set(pieces.flatMap(({ kinds }) => kinds))],
    polygon: hullOf(pieces),
  }));
}

function hullOf(pieces: readonly Shape[]): Polygon {
  const [first, ...more] = pieces.map(({ polygon }) => polygon);
  return first && more.length === 0 ? first : convexHull([...(first ?? []), ...more.flat()]);
}
