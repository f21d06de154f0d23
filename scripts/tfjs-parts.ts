/** The parts of TensorFlow.js that are used: vite.tfjs.config.ts makes one file of them, dist/tfjs/tfjs.cjs. */
export * as core from '@tensorflow/tfjs-core';
export { loadGraphModel } from '@tensorflow/tfjs-converter';
export { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
