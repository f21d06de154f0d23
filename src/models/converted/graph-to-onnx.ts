import { unknownLayer, type GraphConstant, type GraphNode } from './graph-nodes.js';
import { convertLayer, type Layer } from './layers.js';
import { writeOnnx, type OnnxConstant, type OnnxNode } from './onnx-writer.js';

/**
 * Converts a TensorFlow graph of convolutions to an ONNX graph, which the native engine runs in a fifth of the time.
 * In ONNX channels come before rows; what goes in and comes out keeps TensorFlow's order.
 * @param outputs layers whose numbers are wanted
 * @param size side of the square input of three channels
 * @param start the layer that is the input; when absent, the input of the old graph
 * @returns a file with one input, 1 × size × size × 3, and outputs of 1 × rows × columns × channels by those names
 * @throws {ImageDeidError} model-mismatch when a layer is not known, or not in this form
 */
export function graphToOnnx(
  nodes: readonly GraphNode[],
  weights: ReadonlyMap<string, GraphConstant>,
  outputs: readonly string[],
  size: number,
  start?: string,
): Uint8Array {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const constants: OnnxConstant[] = [];
  const steps: OnnxNode[] = [];
  const done = new Map<string, Layer>();
  const graph = {
    weights: (name: string | undefined) => weights.get(name ?? ''),
    constant: (name: string, dims: readonly number[], data: OnnxConstant['data']) => {
      constants.push({ name, dims, data });
      return name;
    },
    step: (
      output: string,
      op: string,
      inputs: readonly string[],
      attributes: OnnxNode['attributes'] = {},
    ) => {
      steps.push({ op, inputs, output, attributes });
      return output;
    },
    layer: (name: string | undefined): Layer => {
      const node = byName.get(name ?? '');
      if (!node) throw unknownLayer(name ?? '');
      const layer = done.get(node.name) ?? convertLayer(node, graph);
      done.set(node.name, layer);
      return layer;
    },
  };
  const input = nodes.find(({ name, op }) => (start === undefined ? op === 'Placeholder' : name === start));
  if (!input) throw unknownLayer(start ?? 'Placeholder');
  const planes = graph.step(`${input.name}/planes`, 'Transpose', [input.name], { perm: [0, 3, 1, 2] });
  done.set(input.name, { name: planes, side: size });
  for (const name of outputs) {
    graph.step(name, 'Transpose', [graph.layer(name).name], { perm: [0, 2, 3, 1] });
  }
  return writeOnnx({
    input: { name: input.name, dims: [1, size, size, 3] },
    outputs,
    constants,
    nodes: steps,
  });
}
