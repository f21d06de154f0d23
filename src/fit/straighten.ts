import type { Box } from '../core/geometry.js';

/** Shifts at the nodes of a grid over the result, smooth in between. */
export interface Octave {
  /** Pixels of the result from node to node. */
  readonly spacing: number;
  readonly columns: number;
  /** The longest shift a node may have. */
  readonly longest: number;
  /** The shift of each node, row by row: to the right and downwards, in pixels of the source. */
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/**
 * What is left of the differences between shifts in a straight area. Two grids whose shifts differ by at most twice
 * their longest, on a curve that is 1.5 times as steep as its mean, at 0.025 of the spacing: 2 · 2 · 1.5 · 0.025 · 0.06
 * is below 1 %.
 */
const KEPT_DIFFERENCE = 0.06;

interface NodeRange {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The same shifts, but nearly alike for all that lies in a box, in pixels of the result: there, lengths keep their
 * proportion to a percent. Areas that share a node are shifted alike together.
 */
export function straightened(octave: Octave, boxes: readonly Box[]): Octave {
  const { spacing, columns } = octave;
  const rows = octave.dx.length / columns;
  const ranges = joined(
    boxes.map(({ x, y, width, height }) => ({
      left: within(Math.floor(x / spacing), columns),
      top: within(Math.floor(y / spacing), rows),
      right: within(Math.floor((x + width) / spacing) + 1, columns),
      bottom: within(Math.floor((y + height) / spacing) + 1, rows),
    })),
  );
  const [dx, dy] = [Float64Array.from(octave.dx), Float64Array.from(octave.dy)];
  for (const range of ranges) {
    const nodes = nodesOf(range, columns);
    for (const shifts of [dx, dy]) {
      const mean = nodes.reduce((sum, n) => sum + (shifts[n] as number), 0) / nodes.length;
      for (const n of nodes) shifts[n] = mean + KEPT_DIFFERENCE * ((shifts[n] as number) - mean);
    }
  }
  return { ...octave, dx, dy };
}

function within(index: number, count: number): number {
  return Math.min(Math.max(0, index), count - 1);
}

function nodesOf({ left, top, right, bottom }: NodeRange, columns: number): number[] {
  const nodes: number[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) nodes.push(row * columns + column);
  }
  return nodes;
}

function joined(ranges: readonly NodeRange[]): readonly NodeRange[] {
  for (const [i, a] of ranges.entries()) {
    const j = ranges.findIndex((b, k) => k > i && meet(a, b));
    const b = ranges[j];
    if (!b) continue;
    const both = {
      left: Math.min(a.left, b.left),
      top: Math.min(a.top, b.top),
      right: Math.max(a.right, b.right),
      bottom: Math.max(a.bottom, b.bottom),
    };
    return joined([...ranges.filter((_, k) => k !== i && k !== j), both]);
  }
  return ranges;
}

function meet(a: NodeRange, b: NodeRange): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}
