import { ImageDeidError } from '../../core/errors.js';
import { openConvertedGraph } from '../converted/index.js';

/** Side of the input in pixels. */
export const FACERES_SIZE = 224;
/** The means of ImageNet, per channel in the order BGR, with which the network was trained. */
const MEANS = [103.939, 116.779, 123.68] as const;
/** The output that is used: the means of the last layer's 1024 maps. */
const OUTPUT = 'global_pooling/Mean';
const LENGTH = 1024;

/** Describes faces so that they can be compared. */
export interface FaceresModel {
  /**
   * A descriptor of unit length, 1024 numbers.
   * @param face 224 × 224 × RGB, 0–255, aligned
   */
  describe(face: Float32Array): Promise<Float32Array>;
}

/**
 * HSE-FaceRes (Savchenko 2019, "Efficient facial representations for age, gender and identity recognition").
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function loadFaceres(): Promise<FaceresModel> {
  const graph = await openConvertedGraph('faceres', FACERES_SIZE, [OUTPUT]);
  return {
    describe: async (face) => {
      const [descriptor] = await graph.run(normalised(face));
      if (descriptor?.length !== LENGTH) {
        throw new ImageDeidError({ id: 'error/detector-failed/face-answer', values: {} }, 'verify');
      }
      const length = Math.hypot(...descriptor) || 1;
      return descriptor.map((value) => value / length);
    },
  };
}

/** BGR less the means. The package feeds RGB as it is; as in the training, fewer faces are mistaken. */
function normalised(face: Float32Array): Float32Array {
  const out = new Float32Array(face.length);
  for (let i = 0; i < face.length; i++) {
    const channel = i % 3;
    out[i] = (face[i + 2 - 2 * channel] as number) - (MEANS[channel] as number);
  }
  return out;
}
