import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Backend from '@tensorflow/tfjs-backend-wasm';
import type * as Converter from '@tensorflow/tfjs-converter';
import type * as Core from '@tensorflow/tfjs-core';

const MODELS = fileURLToPath(new URL('../../models', import.meta.url));
const require = createRequire(import.meta.url);

/** The operations of TensorFlow.js. */
export type Tf = typeof Core;

/** TensorFlow.js itself, which the bundled graphs were made for. */
export interface TensorFlow {
  readonly tf: Tf;
  readonly loadGraphModel: (handler: Core.io.IOHandler) => Promise<Converter.GraphModel>;
}

/** TensorFlow.js on WebAssembly. */
export async function openTensorFlow(): Promise<TensorFlow> {
  const tf = require('@tensorflow/tfjs-core') as Tf;
  const { loadGraphModel } = require('@tensorflow/tfjs-converter') as typeof Converter;
  const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm') as typeof Backend;
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  // Its threads cannot start in Node: they get the address of a Blob, which Node takes for a file name.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend('wasm'))) throw new Error('Expected TensorFlow.js to start');
  return { tf, loadGraphModel };
}

/** TensorFlow.js on TensorFlow's own library. @param folder filled by scripts/build-tfjs-node.sh */
export async function openTfjsNode(folder: string): Promise<TensorFlow> {
  // Otherwise TensorFlow announces the processor's features on stderr.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const tf = createRequire(join(folder, 'package.json'))('@tensorflow/tfjs-node') as Tf &
    Pick<TensorFlow, 'loadGraphModel'>;
  if (!(await tf.setBackend('tensorflow'))) throw new Error('Expected tfjs-node to start');
  return { tf, loadGraphModel: (handler) => tf.loadGraphModel(handler) };
}

/** A graph of models/, from its files as they are. */
export function openGraph({ tf, loadGraphModel }: TensorFlow, id: string): Promise<Converter.GraphModel> {
  const read = (end: string) => readFileSync(join(MODELS, id, `${id}.${end}`));
  const { modelTopology, weightsManifest } = JSON.parse(read('json').toString()) as Core.io.ModelJSON;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = Uint8Array.from(read('bin')).buffer;
  return loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}
