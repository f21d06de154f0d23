import { ImageDeidError } from '../../core/errors.js';

/** The slice of a TensorFlow graph that is used. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  /** Numbers are written as strings, texts in base64. */
  readonly attr?: Readonly<
    Record<
      string,
      {
        readonly s?: string;
        readonly b?: boolean;
        readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
      }
    >
  >;
}

/** Numbers of a TensorFlow graph, in row-major order. */
export interface GraphConstant {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Whole numbers of a node, for example its strides: one per axis of batch, rows, columns and channels. */
export function numbersOf({ attr }: GraphNode, name: string): readonly number[] {
  return attr?.[name]?.list?.i?.map(Number) ?? [];
}

/** For a graph that holds what the conversion does not know. */
export function unknownLayer(layer: string): ImageDeidError {
  return new ImageDeidError({ id: 'error/model-mismatch/layer', values: { layer } }, 'models');
}
