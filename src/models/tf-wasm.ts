import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Backend from '@tensorflow/tfjs-backend-wasm';
import type * as Converter from '@tensorflow/tfjs-converter';
import type * as Core from '@tensorflow/tfjs-core';
import { EngineError, type TfEngine } from './tf-contract.js';
import { computesCorrectly } from './tf-proof.js';

/** What vite.tfjs.config.ts bundles, as scripts/tfjs-parts.ts exports it. */
type TfjsParts = { readonly core: typeof Core } & Pick<typeof Backend, 'setWasmPaths' | 'version_wasm'> &
  Pick<typeof Converter, 'loadGraphModel'>;

/** The folder of the bundle and its WebAssembly; its path is the same from src/models and from dist/models. */
const PARTS = fileURLToPath(new URL('../../dist/tfjs/', import.meta.url));
const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * The embedded engine: WebAssembly with SIMD where the processor has it, on one thread. Its threads cannot start in
 * Node: the package hands `worker_threads` the address of a Blob, which Node takes for a file name.
 * @throws {EngineError}
 */
export async function openTfWasm(): Promise<TfEngine> {
  const parts = createRequire(import.meta.url)(`${PARTS}tfjs.cjs`) as TfjsParts;
  const { core: tf, loadGraphModel, version_wasm: version } = parts;
  parts.setWasmPaths(PARTS);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const ready = await withoutNewProcessListeners(() => tf.setBackend('wasm'));
  if (!ready) throw new EngineError({ id: 'engine/wasm-not-started', values: {} });
  if (!computesCorrectly(tf)) throw new EngineError({ id: 'engine/wrong', values: {} });
  return {
    id: 'tfjs-wasm',
    name: `tfjs-wasm ${version}`,
    detail: { id: tf.env().getBool('WASM_HAS_SIMD_SUPPORT') ? 'engine/simd' : 'engine/no-simd', values: {} },
    tf,
    loadGraphModel: (artifacts) => loadGraphModel(tf.io.fromMemory(artifacts)),
  };
}

/** Emscripten listens for errors of the whole process and rethrows them; here its listeners are removed again. */
async function withoutNewProcessListeners<T>(start: () => Promise<T>): Promise<T> {
  const before = new Set<unknown>(PROCESS_EVENTS.flatMap((event) => process.listeners(event as 'exit')));
  try {
    return await start();
  } finally {
    for (const event of PROCESS_EVENTS) {
      for (const listener of process.listeners(event as 'exit')) {
        if (!before.has(listener)) process.removeListener(event, listener);
      }
    }
  }
}
