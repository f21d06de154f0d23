import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';

/**
 * The package's build for WebAssembly asks for the whole of TensorFlow.js, of which only the core is installed; what it
 * uses of the rest are these operations as methods of tensors.
 */
export function loadFaceApi(tf) {
  const methods = tf.Tensor.prototype;
  const operations = [
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
  ];
  for (const name of operations) {
    methods[name] ??= function (...args) {
      return tf[name](this, ...args);
    };
  }
  for (const rank of [1, 2, 3, 4]) {
    methods[`as${rank}D`] ??= function (...shape) {
      return tf.reshape(this, rank === 1 ? [this.size] : shape);
    };
  }
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@vladmandic/face-api/package.json'));
  const filename = join(folder, 'dist/face-api.node-wasm.js');
  const module = { exports: {} };
  const requireFor = (name) => {
    if (name === '@tensorflow/tfjs') return tf;
    return name.startsWith('@tensorflow/') ? {} : require(name);
  };
  compileFunction(readFileSync(filename, 'utf8'), ['module', 'exports', 'require'], { filename })(
    module,
    module.exports,
    requireFor,
  );
  return { faceapi: module.exports, folder };
}
