import type { GraphNode } from './graph-nodes.js';

/**
 * Replaces max(min(relu(x), 6), 0), as converters of old Keras models write it, by a single Relu6: the same numbers in
 * one pass over a layer instead of three. All other nodes stay.
 * @param constants the values of scalar constants by name
 */
export function fuseRelu6<T extends GraphNode>(
  nodes: readonly T[],
  constants: ReadonlyMap<string, number>,
): T[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const fused = new Set<string>();
  const gone = new Map<string, string>();
  for (const node of nodes) {
    const upper = clippedBy(node, 'Maximum', 0);
    const relu = upper && clippedBy(upper, 'Minimum', 6);
    if (!upper || relu?.op !== 'Relu') continue;
    fused.add(relu.name);
    gone.set(upper.name, relu.name).set(node.name, relu.name);
  }
  return nodes
    .filter(({ name }) => !gone.has(name))
    .map((node) => ({
      ...node,
      ...(fused.has(node.name) ? { op: 'Relu6' } : {}),
      ...(node.input ? { input: node.input.map((name) => gone.get(name) ?? name) } : {}),
    }));

  function clippedBy(node: T, op: string, limit: number): T | undefined {
    const [from, constant] = node.input ?? [];
    if (node.op !== op || from === undefined || constant === undefined) return undefined;
    return constants.get(constant) === limit ? byName.get(from) : undefined;
  }
}
