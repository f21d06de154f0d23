import type { GraphNode } from './graph-nodes.js';

/** An operation of this conversion's own: every pixel becomes four. */
export const DOUBLED = 'Doubled';
const [ROWS, COLUMNS] = ['2', '3'];

/**
 * Replaces what TensorFlow's object detection writes to enlarge a map (every pixel packed with itself, then every row,
 * then all of it reshaped) by a single node. All other nodes stay.
 */
export function fuseDoubling(nodes: readonly GraphNode[]): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.map((node) => {
    const rows = node.op === 'Reshape' ? packedWithItself(node.input?.[0], ROWS) : undefined;
    const pixels = rows && packedWithItself(rows, COLUMNS);
    return pixels === undefined ? node : { name: node.name, op: DOUBLED, input: [pixels] };
  });

  /** What is packed with itself along an axis, if that is what the node does. */
  function packedWithItself(name: string | undefined, axis: string): string | undefined {
    const node = byName.get(name ?? '');
    const [one, other, ...more] = node?.input ?? [];
    const isOne = node?.op === 'Pack' && node.attr?.axis?.i === axis && more.length === 0 && one === other;
    return isOne ? one : undefined;
  }
}
