/** The matrix [[1, 2], [3, 4]] … */
export const PROOF_INPUT = [1, 2, 3, 4] as const;
/** … and its square; all numbers are exact in float32. */
export const PROOF_ANSWER = [7, 10, 15, 22] as const;

/** The ONNX graph y = x · x for a 2 × 2 matrix, written as protocol buffers (onnx.proto3, opset 13). */
export function proofModel(): Uint8Array {
  const side = message(1, number(1, 2)); // Dimension.dim_value
  const tensor = message(1, number(1, 1), message(2, side, side)); // elem_type float, shape 2 × 2
  const value = (name: string) => [text(1, name), message(2, tensor)];
  const node = message(1, text(1, 'x'), text(1, 'x'), text(2, 'y'), text(4, 'MatMul'));
  const graph = message(7, node, text(2, 'proof'), message(11, ...value('x')), message(12, ...value('y')));
  const opset = message(8, text(1, ''), number(2, 13));
  return Uint8Array.from([...number(1, 8), ...graph, ...opset]);
}

/** A varint field; values and field numbers here are below 128 and 16, one byte each. */
function number(field: number, value: number): number[] {
  return [field << 3, value];
}

/** A length-delimited field of less than 128 bytes. */
function message(field: number, ...parts: number[][]): number[] {
  const body = parts.flat();
  return [(field << 3) | 2, body.length, ...body];
}

function text(field: number, value: string): number[] {
  return message(field, [...Buffer.from(value)]);
}
