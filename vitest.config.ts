import { defineConfig } from 'vitest/config';

/**
 * By the file's own name, so that a file may be moved. Whatever loads a model and is missing here fails in `fast`
 * (tests/support/no-model.ts).
 */
const MODELS = [
  ...['code', 'context', 'hands', 'face', 'text', 'ocr', 'witness'],
  ...['face-embedding', 'converted-models', 'onnx-engine', 'tesseract-engine'],
  ...['face-match', 'legible-code', 'legible-text', 'uncovered-face', 'uncovered-tattoo', 'uncovered-text'],
  'examine-image',
].map((name) => `src/**/${name}.test.ts`);
/** In tests/, those that start no process, browser or server. */
const FAST = ['tests/{documents,small-zod,silence-trace,supply-chain,tool-arguments,bench-history}.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    // Models and image codecs use every core; more workers than this only make them wait for each other.
    pool: 'forks',
    poolOptions: { forks: { maxForks: 2 } },
    testTimeout: 180_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['src/**/*.test.ts', 'evaluation/*.test.ts', ...FAST],
          exclude: MODELS,
          setupFiles: ['tests/support/no-model.ts'],
        },
      },
      { extends: true, test: { name: 'models', include: MODELS } },
      { extends: true, test: { name: 'end-to-end', include: ['tests/*.test.ts'], exclude: FAST } },
    ],
  },
});
