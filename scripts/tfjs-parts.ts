/** What is used of TensorFlow.js: vite.tfjs.config.ts makes one file of it, dist/tfjs/tfjs.cjs. */
export * as core from '@tensorflow/tfjs-core';
export { loadGraphModel } from '@tensorflow/tfjs-converter';
export { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
