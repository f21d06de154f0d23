import { DOUBLED } from './fuse-doubling.js';
import { numbersOf, unknownLayer, type GraphConstant, type GraphNode } from './graph-nodes.js';
import type { OnnxConstant, OnnxNode } from './onnx-writer.js';

/** A layer of the new graph. */
export interface Layer {
  readonly name: string;
  /** Its rows, as many as its columns. */
  readonly side: number;
}

/** The graph that is being written, and the one it is made of. */
export interface Conversion {
  /** Numbers of the old graph. */
  weights(name: string | undefined): GraphConstant | undefined;
  /** A layer of the old graph, converted. @throws {ImageDeidError} model-mismatch */
  layer(name: string | undefined): Layer;
  /** Adds numbers to the new graph, and returns their name. */
  constant(name: string, dims: readonly number[], data: OnnxConstant['data']): string;
  /** Adds a step to the new graph, and returns the name of its output. */
  step(output: string, op: string, inputs: readonly string[], attributes?: OnnxNode['attributes']): string;
}

/** "SAME", "VALID" and "NHWC" in base64, as TensorFlow.js writes texts. */
const PADDING: Readonly<Record<string, string>> = { 'U0FNRQ==': 'SAME_UPPER', 'VkFMSUQ=': 'VALID' };
const CHANNELS_LAST = 'TkhXQw==';
/** What may follow a fused convolution: "BiasAdd", and then "Relu" or "Relu6". */
const BIAS = 'Qmlhc0FkZA==';
const ACTIVATIONS: Readonly<Record<string, 'Relu' | 'Relu6'>> = { 'UmVsdQ==': 'Relu', 'UmVsdTY=': 'Relu6' };

type Convert = (node: GraphNode, graph: Conversion) => Layer;

/** By the name of the operation in TensorFlow. All names that are made here end in a word after a stroke. */
const KINDS: Readonly<Record<string, Convert>> = {
  Identity: ({ input }, graph) => graph.layer(input?.[0]),
  // At the end of a graph: the numbers stay in their order.
  Reshape: ({ input }, graph) => graph.layer(input?.[0]),
  Relu: ofOne('Relu'),
  Relu6: ofOne('Relu6'),
  Sigmoid: ofOne('Sigmoid'),
  Add: ofTwo('Add'),
  AddV2: ofTwo('Add'),
  Mul: ofTwo('Mul'),
  Mean: mean,
  MaxPool: maxPool,
  Pad: padChannels,
  ConcatV2: concat,
  ResizeBilinear: resize,
  [DOUBLED]: double,
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: convolution,
  FusedDepthwiseConv2dNative: convolution,
};

/** @throws {ImageDeidError} model-mismatch when the operation is not known, or not in this form */
export function convertLayer(node: GraphNode, graph: Conversion): Layer {
  const convert = KINDS[node.op];
  if (!convert) throw unknownLayer(node.name);
  return convert(node, graph);
}

function ofOne(op: 'Relu' | 'Relu6' | 'Sigmoid'): Convert {
  return ({ name, input }, graph) => {
    const { name: from, side } = graph.layer(input?.[0]);
    return { name: activated(op, `${name}/value`, from, graph), side };
  };
}

function activated(op: 'Relu' | 'Relu6' | 'Sigmoid', name: string, from: string, graph: Conversion): string {
  if (op !== 'Relu6') return graph.step(name, op, [from]);
  const limits = [0, 6].map((limit) => graph.constant(`${name}/${limit}`, [], Float32Array.of(limit)));
  return graph.step(name, 'Clip', [from, ...limits]);
}

/** Two layers, or a layer and one number or one per channel, in any order. */
function ofTwo(op: string): Convert {
  return ({ name, input = [] }, graph) => {
    const sides: number[] = [];
    const inputs = input.map((from, i) => {
      const numbers = graph.weights(from);
      if (!numbers) {
        const layer = graph.layer(from);
        sides.push(layer.side);
        return layer.name;
      }
      if (numbers.dims.length > 1) throw unknownLayer(name);
      const dims = numbers.dims.length === 0 ? [] : [numbers.data.length, 1, 1];
      return graph.constant(`${name}/by${i}`, dims, numbers.data);
    });
    if (inputs.length !== 2 || sides.length === 0) throw unknownLayer(name);
    return { name: graph.step(`${name}/value`, op, inputs), side: Math.max(...sides) };
  };
}

/** Over rows and columns. */
function mean({ name, input }: GraphNode, graph: Conversion): Layer {
  if (graph.weights(input?.[1])?.data.join() !== '1,2') throw unknownLayer(name);
  return { name: graph.step(`${name}/value`, 'GlobalAveragePool', [graph.layer(input?.[0]).name]), side: 1 };
}

function maxPool(node: GraphNode, graph: Conversion): Layer {
  const from = graph.layer(node.input?.[0]);
  const kernel = numbersOf(node, 'ksize').slice(1, 3);
  const { attributes, side } = window(node, from.side, kernel[0] ?? NaN);
  const inside = { ...attributes, kernel_shape: kernel };
  return { name: graph.step(`${node.name}/value`, 'MaxPool', [from.name], inside), side };
}

/** Adds channels of zeros. */
function padChannels({ name, input }: GraphNode, graph: Conversion): Layer {
  const from = graph.layer(input?.[0]);
  const by = graph.weights(input?.[1]);
  // Before and after each of batch, rows, columns and channels.
  const pads = [...(by?.data ?? [])];
  const [before, after] = pads.splice(6).map(BigInt);
  if (before === undefined || after === undefined || pads.some((n) => n !== 0)) throw unknownLayer(name);
  const ordered = BigInt64Array.of(0n, before, 0n, 0n, 0n, after, 0n, 0n);
  const inputs = [from.name, graph.constant(`${name}/by`, [8], ordered)];
  return { name: graph.step(`${name}/value`, 'Pad', inputs), side: from.side };
}

/** Of channels. */
function concat({ name, input = [] }: GraphNode, graph: Conversion): Layer {
  const axis = graph.weights(input.at(-1))?.data[0];
  if (axis !== 3 && axis !== -1) throw unknownLayer(name);
  const layers = input.slice(0, -1).map((from) => graph.layer(from));
  const inputs = layers.map((layer) => layer.name);
  return { name: graph.step(`${name}/value`, 'Concat', inputs, { axis: 1 }), side: layers[0]?.side ?? NaN };
}

/** To a fixed size, in which every pixel's upper left corner keeps its place. */
function resize(node: GraphNode, graph: Conversion): Layer {
  const { name, input } = node;
  const from = graph.layer(input?.[0]);
  const [rows, columns] = graph.weights(input?.[1])?.data ?? [];
  const { align_corners: alignCorners, half_pixel_centers: halfPixels } = node.attr ?? {};
  const isOther = alignCorners?.b === true || halfPixels?.b === true;
  if (rows === undefined || rows !== columns || isOther) throw unknownLayer(name);
  const scale = rows / from.side;
  const scales = graph.constant(`${name}/by`, [4], Float32Array.of(1, 1, scale, scale));
  const how = { mode: 'linear', coordinate_transformation_mode: 'asymmetric' };
  return { name: graph.step(`${name}/value`, 'Resize', [from.name, '', scales], how), side: rows };
}

/** Every pixel becomes four. */
function double({ name, input }: GraphNode, graph: Conversion): Layer {
  const from = graph.layer(input?.[0]);
  const scales = graph.constant(`${name}/by`, [4], Float32Array.of(1, 1, 2, 2));
  const how = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
  return { name: graph.step(`${name}/value`, 'Resize', [from.name, '', scales], how), side: 2 * from.side };
}

/** A convolution of all channels or of each on its own, with what is fused into it. */
function convolution(node: GraphNode, graph: Conversion): Layer {
  const { name, op, input = [], attr } = node;
  const from = graph.layer(input[0]);
  const weights = graph.weights(input[1]);
  if (weights?.dims.length !== 4) throw unknownLayer(name);
  const [height, width, ins, outs] = weights.dims as [number, number, number, number];
  const isDepthwise = op.includes('Depthwise');
  const dilations = numbersOf(node, 'dilations');
  const isPlain = attr?.data_format?.s === CHANNELS_LAST && dilations.every((by) => by === 1);
  const [bias, then, ...more] = attr?.fused_ops?.list?.s ?? [];
  const activation = ACTIVATIONS[then ?? ''];
  const isKnown =
    more.length === 0 &&
    [undefined, BIAS].includes(bias) &&
    (then === undefined) === (activation === undefined);
  if (!isPlain || !isKnown || (isDepthwise && outs !== 1)) throw unknownLayer(name);
  const kernels = graph.constant(
    `${name}/by`,
    isDepthwise ? [ins, 1, height, width] : [outs, ins, height, width],
    channelsFirst(weights),
  );
  const biases = bias ? graph.weights(input[2]) : undefined;
  if (bias && !biases) throw unknownLayer(name);
  const { attributes, side } = window(node, from.side, height);
  const inputs = [
    from.name,
    kernels,
    ...(biases ? [graph.constant(`${name}/add`, biases.dims, biases.data)] : []),
  ];
  const grouped = { ...attributes, ...(isDepthwise ? { group: ins } : {}) };
  const sum = graph.step(`${name}/value`, 'Conv', inputs, grouped);
  return { name: activation ? activated(activation, `${name}/relu`, sum, graph) : sum, side };
}

/** How a window moves over rows and columns, and the rows that come out. */
function window(
  node: GraphNode,
  side: number,
  height: number,
): { attributes: Record<string, string | number[]>; side: number } {
  const padding = PADDING[node.attr?.padding?.s ?? ''];
  const [, down, right] = numbersOf(node, 'strides');
  if (!padding || down === undefined || down !== right) throw unknownLayer(node.name);
  const places = padding === 'VALID' ? side - height + 1 : side;
  return { attributes: { auto_pad: padding, strides: [down, right] }, side: Math.ceil(places / down) };
}

/** Reorders [place, ins, outs] to [outs, ins, place]; a depthwise layer has one out for each in. */
function channelsFirst({ dims, data }: GraphConstant): Float32Array {
  const [height, width, ins, outs] = dims as [number, number, number, number];
  const places = height * width;
  const out = new Float32Array(data.length);
  for (let place = 0, from = 0; place < places; place++) {
    for (let i = 0; i < ins; i++) {
      for (let o = 0; o < outs; o++) out[(o * ins + i) * places + place] = data[from++] as number;
    }
  }
  return out;
}
