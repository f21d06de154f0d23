/** One step of an ONNX graph. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, string | number | readonly number[]>>;
}

/** Numbers stored in a graph, in row-major order. */
export interface OnnxConstant {
  readonly name: string;
  readonly dims: readonly number[];
  /** Whole numbers say where something is; all that is computed with is float32. */
  readonly data: Float32Array | BigInt64Array;
}

/** A graph with one input. */
export interface OnnxGraph {
  readonly input: { readonly name: string; readonly dims: readonly number[] };
  readonly outputs: readonly string[];
  readonly constants: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
}

const [FLOAT, INT64] = [1, 7];
const OPSET = 13;
const IR_VERSION = 8;
/** Numbers of the fields in onnx.proto3, and its numbers for kinds of attributes. */
const MODEL = { irVersion: 1, graph: 7, opset: 8, domain: 1, version: 2 };
const GRAPH = { node: 1, name: 2, constant: 5, input: 11, output: 12 };
const NODE = { input: 1, output: 2, op: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, int: 3, text: 4, ints: 8, kind: 20, kinds: { int: 2, text: 3, ints: 7 } };
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 };
const VALUE = { name: 1, type: 2, tensor: 1, elements: 1, shape: 2, dim: 1, dimValue: 1 };

/** Bytes in pieces: weights are copied once, into the file. */
type Part = readonly Uint8Array[];

/** The file that an engine loads, as protocol buffers. */
export function writeOnnx({ input, outputs, constants, nodes }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => message(GRAPH.node, ...nodeFields(node))),
    text(GRAPH.name, 'graph'),
    ...constants.map(({ name, dims, data }) =>
      message(
        GRAPH.constant,
        ...dims.map((dim) => number(TENSOR.dims, dim)),
        number(TENSOR.type, data instanceof BigInt64Array ? INT64 : FLOAT),
        text(TENSOR.name, name),
        bytes(TENSOR.raw, [rawBytes(data)]),
      ),
    ),
    message(GRAPH.input, ...valueFields(input.name, input.dims)),
    ...outputs.map((output) => message(GRAPH.output, ...valueFields(output))),
  ];
  const opset = message(MODEL.opset, text(MODEL.domain, ''), number(MODEL.version, OPSET));
  return Buffer.concat([number(MODEL.irVersion, IR_VERSION), message(MODEL.graph, ...graph), opset].flat());
}

function nodeFields({ op, inputs, output, attributes = {} }: OnnxNode): Part[] {
  return [
    ...inputs.map((name) => text(NODE.input, name)),
    text(NODE.output, output),
    text(NODE.op, op),
    ...Object.entries(attributes).map(([name, value]) =>
      message(NODE.attribute, text(ATTRIBUTE.name, name), ...attributeFields(value)),
    ),
  ];
}

function attributeFields(value: string | number | readonly number[]): Part[] {
  const { kind, kinds } = ATTRIBUTE;
  if (typeof value === 'string') return [text(ATTRIBUTE.text, value), number(kind, kinds.text)];
  if (typeof value === 'number') return [number(ATTRIBUTE.int, value), number(kind, kinds.int)];
  return [...value.map((one) => number(ATTRIBUTE.ints, one)), number(kind, kinds.ints)];
}

/** @param dims when absent, the engine works them out */
function valueFields(name: string, dims?: readonly number[]): Part[] {
  const shape = dims?.map((dim) => message(VALUE.dim, number(VALUE.dimValue, dim)));
  const tensor = [number(VALUE.elements, FLOAT), ...(shape ? [message(VALUE.shape, ...shape)] : [])];
  return [text(VALUE.name, name), message(VALUE.type, message(VALUE.tensor, ...tensor))];
}

function number(field: number, value: number): Part {
  return [varint(field * 8), varint(value)];
}

function text(field: number, value: string): Part {
  return bytes(field, [Buffer.from(value)]);
}

function message(field: number, ...parts: readonly Part[]): Part {
  return bytes(field, parts.flat());
}

function bytes(field: number, content: Part): Part {
  const length = content.reduce((sum, piece) => sum + piece.length, 0);
  return [varint(field * 8 + 2), varint(length), ...content];
}

/** Seven bits per byte, lowest first. @param value a whole number, 0 or more */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return Uint8Array.from([...out, value]);
}

/** As they lie in memory: every machine that the engine runs on is little-endian. */
function rawBytes({ buffer, byteOffset, byteLength }: OnnxConstant['data']): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
