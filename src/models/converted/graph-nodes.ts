import { z } from 'zod';
import { ImageDeidError } from '../../core/errors.js';

const attributeSchema = z
  .object({
    s: z.string().optional(),
    b: z.boolean().optional(),
    i: z.string().optional(),
    list: z.object({ i: z.array(z.string()).optional(), s: z.array(z.string()).optional() }).optional(),
  })
  .optional();

/** The slice of a TensorFlow graph that is used. Of attributes, numbers are written as strings, texts in base64. */
export const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).optional(),
  attr: z
    .object({
      padding: attributeSchema,
      strides: attributeSchema,
      dilations: attributeSchema,
      data_format: attributeSchema,
      fused_ops: attributeSchema,
      ksize: attributeSchema,
      axis: attributeSchema,
      align_corners: attributeSchema,
      half_pixel_centers: attributeSchema,
    })
    .optional(),
});
export type GraphNode = z.infer<typeof nodeSchema>;

/** Numbers of a TensorFlow graph, in row-major order. */
export interface GraphConstant {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Whole numbers of a node, for example its strides: one per axis of batch, rows, columns and channels. */
export function numbersOf({ attr }: GraphNode, name: 'strides' | 'dilations' | 'ksize'): readonly number[] {
  return attr?.[name]?.list?.i?.map(Number) ?? [];
}

/** For a graph that holds what the conversion does not know. */
export function unknownLayer(layer: string): ImageDeidError {
  return new ImageDeidError({ id: 'error/model-mismatch/layer', values: { layer } }, 'models');
}
