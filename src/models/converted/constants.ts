import { z } from 'zod';
import { ImageDeidError } from '../../core/errors.js';
import type { GraphConstant } from './graph-nodes.js';

const specSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .discriminatedUnion('dtype', [
      z.object({ dtype: z.literal('float16') }),
      z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }),
    ])
    .optional(),
});
type Spec = z.infer<typeof specSchema>;

/** How long a number is. */
const BYTES = { float32: 4, int32: 4, float16: 2, uint8: 1 } as const;

/**
 * The numbers of a TensorFlow.js graph by name, as float32: whole ones of the graph are small, half-precision ones exact,
 * and those of one byte are steps of one size from the least, which is how TensorFlow.js reads them too.
 * @param specs what lies in the data, one after the other, as weightsManifest tells it
 * @throws {ImageDeidError} model-mismatch when there is too little data, or another kind of number
 */
export function constantsOf(data: Uint8Array, specs: readonly unknown[]): ReadonlyMap<string, GraphConstant> {
  const parsed = z.array(specSchema).safeParse(specs);
  if (!parsed.success) throw mismatch(parsed.error);
  const constants = new Map<string, GraphConstant>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of parsed.data) {
    const length = shape.reduce((product, dim) => product * dim, 1);
    const end = at + length * BYTES[quantization?.dtype ?? dtype];
    if (end > data.byteLength) throw mismatch();
    // A copy begins where numbers of any size may begin.
    const bytes = new Uint8Array(data.subarray(at, end)).buffer;
    constants.set(name, { dims: shape, data: numbersOf(bytes, dtype, quantization) });
    at = end;
  }
  return constants;
}

/** Written as they lie in memory: every machine that the engine runs on is little-endian. */
function numbersOf(
  bytes: ArrayBuffer,
  dtype: Spec['dtype'],
  quantization: Spec['quantization'],
): Float32Array {
  if (!quantization) return new Float32Array(dtype === 'int32' ? new Int32Array(bytes) : bytes);
  return quantization.dtype === 'float16'
    ? fromHalves(new Uint16Array(bytes))
    : fromSteps(new Uint8Array(bytes), quantization);
}

// Loops of their own, because they run over millions.
function fromHalves(halves: Uint16Array): Float32Array {
  const numbers = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) numbers[i] = fromHalf(halves[i] as number);
  return numbers;
}

function fromSteps(steps: Uint8Array, { scale, min }: { scale: number; min: number }): Float32Array {
  const numbers = new Float32Array(steps.length);
  for (let i = 0; i < steps.length; i++) numbers[i] = (steps[i] as number) * scale + min;
  return numbers;
}

/** By the exponent of a half-precision number, for its leading digit. */
const POWERS = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 15));

/** A number of IEEE 754's binary16, from its bits. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * (POWERS[exponent] as number);
}

function mismatch(cause?: unknown): ImageDeidError {
  return new ImageDeidError({ id: 'error/model-mismatch/layer', values: { layer: 'weights' } }, 'models', {
    cause,
  });
}
