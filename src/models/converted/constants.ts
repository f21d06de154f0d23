import { z } from 'zod';
import { ImageDeidError } from '../../core/errors.js';
import type { GraphConstant } from './graph-nodes.js';

const specSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z.object({ dtype: z.literal('float16') }).optional(),
});

/**
 * The numbers of a TensorFlow.js graph by name, as float32: whole ones of the graph are small, and half-precision ones exact.
 * @param specs what lies in the data, one after the other, as weightsManifest tells it
 * @throws {ImageDeidError} model-mismatch when there is too little data, or another kind of number
 */
export function constantsOf(
  data: ArrayBuffer,
  specs: readonly unknown[],
): ReadonlyMap<string, GraphConstant> {
  const parsed = z.array(specSchema).safeParse(specs);
  if (!parsed.success) throw mismatch(parsed.error);
  const view = new DataView(data);
  const halves = allHalves();
  const constants = new Map<string, GraphConstant>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of parsed.data) {
    const bytes = quantization ? 2 : 4;
    const numbers = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
    if (at + numbers.length * bytes > data.byteLength) throw mismatch();
    for (let i = 0; i < numbers.length; i++, at += bytes) {
      if (quantization) numbers[i] = halves[view.getUint16(at, true)] as number;
      else numbers[i] = dtype === 'int32' ? view.getInt32(at, true) : view.getFloat32(at, true);
    }
    constants.set(name, { dims: shape, data: numbers });
  }
  return constants;
}

/** The number that each pattern of 16 bits stands for: millions of weights are read by it. */
function allHalves(): Float32Array {
  return new Float32Array(0x10000).map((_, bits) => fromHalf(bits));
}

/** A number of IEEE 754's binary16, from its bits. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function mismatch(cause?: unknown): ImageDeidError {
  return new ImageDeidError({ id: 'error/model-mismatch/layer', values: { layer: 'weights' } }, 'models', {
    cause,
  });
}
