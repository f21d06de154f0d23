import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { bundledLicences } from './scripts/bundled-licences.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
/** The threaded module is left out: its threads cannot start in Node. */
const MODULES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

function webAssembly(): Plugin {
  return {
    name: 'web-assembly',
    generateBundle() {
      for (const fileName of MODULES) {
        const source = readFileSync(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', fileName));
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

/**
 * The embedded engine: the parts of TensorFlow.js that run bundled graphs become dist/tfjs. As packages they take 89 MB,
 * nearly all of it further builds of the same code.
 */
export default defineConfig({
  root,
  clearScreen: false,
  logLevel: 'warn',
  plugins: [bundledLicences(), webAssembly()],
  ssr: { noExternal: true, external: ['node-fetch'] },
  build: {
    ssr: join(root, 'scripts/tfjs-parts.ts'),
    outDir: join(root, 'dist/tfjs'),
    emptyOutDir: true,
    minify: 'esbuild',
    target: 'node20',
    // Required, not imported: Node loads a file of this format faster.
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'tfjs.cjs' } },
  },
});
