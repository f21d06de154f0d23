import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Tf } from '../tests/support/tensorflow.ts';

/** A tensor of TensorFlow.js. */
export type Tensor = ReturnType<Tf['tensor3d']>;

/** A rectangle of the package, in pixels. */
export interface FaceRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  clipAtImageBorders(width: number, height: number): FaceRect;
  toSquare(): FaceRect;
}

/** The part of the package's API that is used. */
export interface FaceApi {
  readonly Rect: new (x: number, y: number, width: number, height: number) => FaceRect;
  readonly nets: {
    readonly faceLandmark68Net: {
      loadFromDisk(folder: string): Promise<void>;
      detectLandmarks(face: Tensor): Promise<{
        readonly relativePositions: readonly { readonly x: number; readonly y: number }[];
        align(box: FaceRect, options: { readonly useDlibAlignment: boolean }): FaceRect;
      }>;
    };
    readonly faceRecognitionNet: {
      loadFromDisk(folder: string): Promise<void>;
      computeFaceDescriptor(face: Tensor): Promise<Float32Array>;
    };
  };
  extractFaceTensors(image: Tensor, boxes: readonly FaceRect[]): Promise<Tensor[]>;
}

const OPERATIONS = [
  'add',
  'sub',
  'mul',
  'div',
  'mean',
  'relu',
  'sigmoid',
  'maxPool',
  'expandDims',
  'reshape',
] as const;

/**
 * The package's build for WebAssembly requires the whole of TensorFlow.js, of which only the core is installed. All
 * that it uses of the rest are these operations, as methods of tensors.
 */
export function loadFaceApi(tf: Tf): { readonly faceapi: FaceApi; readonly folder: string } {
  const methods: Record<string, unknown> = {};
  for (const name of OPERATIONS) {
    const operation = tf[name] as (tensor: Tensor, ...rest: readonly unknown[]) => unknown;
    methods[name] = function (this: Tensor, ...rest: readonly unknown[]) {
      return operation(this, ...rest);
    };
  }
  for (const rank of [1, 2, 3, 4]) {
    methods[`as${rank}D`] = function (this: Tensor, ...shape: number[]) {
      return tf.reshape(this, rank === 1 ? [this.size] : shape);
    };
  }
  const { prototype } = tf.Tensor;
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in prototype))
      Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@vladmandic/face-api/package.json'));
  const filename = join(folder, 'dist/face-api.node-wasm.js');
  const module: { exports: unknown } = { exports: {} };
  const requireFor = (name: string): unknown => {
    if (name === '@tensorflow/tfjs') return tf;
    return name.startsWith('@tensorflow/') ? {} : require(name);
  };
  const run = compileFunction(readFileSync(filename, 'utf8'), ['module', 'exports', 'require'], { filename });
  run.call(undefined, module, module.exports, requireFor);
  // The package describes another build of itself.
  return { faceapi: module.exports as FaceApi, folder };
}
